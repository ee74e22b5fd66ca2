"""Every address of the portal."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from geoportal.views import (
    api,
    base_maps,
    check,
    codes,
    coverage,
    follow,
    health,
    home,
    identify,
    installing,
    layers,
    map,
    may_i,
    mistakes,
    own_book,
    parcels,
    procedures,
    search,
    sheets,
    tiles,
    where,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.page, name="home"),
    path("about", home.about, name="about"),
    path("help", home.guide, name="help"),
    path("glossary", home.glossary, name="glossary"),
    path("map", map.page, name="map"),
    path("search", search.page, name="search"),
    path("search/suggest", search.suggestions, name="search-suggest"),
    path("identify", identify.page, name="identify"),
    path("parcels/<int:feature_id>", parcels.page, name="parcel"),
    path("parcels/<int:feature_id>/own-book", own_book.page, name="own-book"),
    path("parcels/<int:feature_id>/map", map.parcel_frame, name="parcel-map"),
    path("parcels/<int:feature_id>/still.svg", map.parcel_still, name="parcel-still"),
    path("parcels/<int:feature_id>/may-i", may_i.page, name="may-i"),
    path("procedures", procedures.page, name="procedures"),
    path("procedures/<str:code>", procedures.one, name="procedure"),
    path("where", where.page, name="where"),
    path("where/assessed.json", where.assessed, name="where-assessed"),
    path("parcels/<int:feature_id>/sheet.pdf", sheets.of_parcel, name="parcel-sheet"),
    path("verify", sheets.ask, name="verify-ask"),
    path("verify/certificates/<str:sha256>.pem", sheets.certificate, name="certificate"),
    path("verify/<str:code>", sheets.verify, name="verify"),
    path("verify/<str:code>/sheet.pdf", sheets.original, name="sheet-original"),
    path("api/sheets", sheets.api, name="api-sheets"),
    path("api/sheets/<str:code>", sheets.api_verify, name="api-verify"),
    path("follow/new/<slug:kind>/<str:reference>", follow.new, name="follow-new"),
    path("follow/<str:token>", follow.page, name="follow"),
    path("follow/<str:token>/confirm", follow.confirm, name="follow-confirm"),
    path("follow/<str:token>/end", follow.end, name="follow-end"),
    path("follow/<str:token>/feed.atom", follow.feed, name="follow-feed"),
    path("mistakes/", mistakes.lookup, name="mistakes"),
    path("mistakes/new", mistakes.new, name="mistake-new"),
    path("mistakes/<str:code>", mistakes.status, name="mistake"),
    path("tiles/<slug:slug>/<str:address>/<int:z>/<int:x>/<int:y>.mvt", tiles.tile, name="tile"),
    path("check", check.page, name="check"),
    path("base-maps/<slug:name>-<int:stamp>/<int:z>/<int:x>/<int:y>", base_maps.tile, name="base-map-tile"),
    path("coverage", coverage.page, name="coverage"),
    path("api/coverage", coverage.api, name="api-coverage"),
    path("api/search", search.api, name="api-search"),
    path("api/identify", identify.api, name="api-identify"),
    path("qr.svg", codes.qr, name="qr"),
    path("manifest.webmanifest", installing.manifest, name="manifest"),
    path("service-worker.js", installing.worker, name="service-worker"),
    path("offline", installing.offline, name="offline"),
    path("api/layers", layers.api, name="api-layers"),
    path("api/snapshots", layers.history, name="api-snapshots"),
    path("api", api.page, name="api"),
    path("api/openapi.json", api.description, name="api-description"),
    path("api/report", check.api, name="api-site-report"),
    path("api/may-i", check.may_i_api, name="api-site-may-i"),
    path("api/parcels/<int:feature_id>/report", parcels.api, name="api-report"),
    path("api/parcels/<int:feature_id>/may-i", may_i.api, name="api-may-i"),
    path("api/procedures", procedures.api, name="api-procedures"),
    path("health", health.ready, name="health"),
    path("health/live", health.live, name="health-live"),
]

if "desk" in settings.INSTALLED_APPS:
    urlpatterns += [path("desk/", include("desk.urls")), path("", include("desk.precheck_urls"))]

handler404 = "geoportal.problems.unknown_page"
handler400 = "geoportal.problems.wrong_request"
handler500 = "geoportal.problems.broken"
