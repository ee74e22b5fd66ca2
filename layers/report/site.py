"""Makes the answer about a site: themes as of a parcel, its parcels, what lies beside it, and what the law measures."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date
from decimal import Decimal
from operator import attrgetter

from django.conf import settings

from layers import catalogue
from layers.declare import Layer
from layers.ground.parcels import PARCELS
from layers.queries import sites, subjects
from layers.queries.records import public_records
from layers.queries.sites import Touched, Under
from layers.queries.subjects import Subject
from layers.queries.zones import Hit
from layers.report import records
from layers.report.answers import Purpose, ThemeFinding, ZoneFinding
from layers.report.build import Asked, ground_under, themes
from layers.report.distances import distance_findings, rules
from layers.report.parcel_card import purpose
from layers.report.sites import AccuracyFrom, Band, Beside, SiteCard, SiteNote, SiteParcel, SiteReport, SiteZone
from layers.report.uncomputed import not_computed
from layers.sites.notes import Note
from layers.sites.site import Site, Way

# What lies so near (m) is told although it does not affect the site: a neighbour whose zone it is may build or dig.
BESIDE_M = 50.0
# So many parcels are listed with their shares, and asked which zone touches them; the others are counted.
MOST_PARCELS = 200
LISTED = attrgetter(*(field.name for field in fields(SiteParcel)))


def report(site: Site, snapshot: int, day: date) -> SiteReport:
    """What applies to the site on that day, by the data of that snapshot. Read inside `snapshots.reading()`."""
    subject = subjects.ground(site.wkb)
    ground = ground_under(subject, snapshot)
    parcels = sites.parcels_under(subject, snapshot, MOST_PARCELS)
    accuracy, taken_from = accuracy_of(site, parcels, ground[PARCELS.slug].accuracy_m)
    slugs = [layer.slug for layer in catalogue.reported()]
    touched = sites.touched(subject, parcels, slugs, snapshot)
    asked = Asked(
        subject, accuracy, purposes(parcels), snapshot, day, Telling(touched), quoted=lambda layer: layer.of_site
    )
    found = themes(asked, ground)
    table = rules(asked.there, snapshot, day)
    return SiteReport(
        site=card(site, subject, parcels, accuracy, taken_from),
        snapshot=snapshot,
        day=day,
        format=settings.RELEASE,
        themes=found,
        beside_m=BESIDE_M,
        beside=beside(asked, slugs, found),
        rules=table,
        distances=distance_findings(asked, table, ground),
        not_computed=not_computed(asked.there, snapshot, day),
    )


def accuracy_of(site: Site, parcels: list[Under], cadastre: float | None) -> tuple[float, AccuracyFrom]:
    """The worst of its parcels' own; else the cadastre's where it lies; else how finely it was given. In metres."""
    own = [parcel.accuracy_m if parcel.accuracy_m is not None else cadastre for parcel in parcels]
    known = [metres for metres in own if metres is not None]
    if known and len(known) == len(own):
        if site.way is Way.PARCELS:
            return max(known), AccuracyFrom.PARCELS
        return max(known), AccuracyFrom.CADASTRE
    if cadastre is not None:
        return cadastre, AccuracyFrom.CADASTRE
    return site.typed_m, AccuracyFrom.TYPED


def purposes(parcels: list[Under]) -> tuple[Purpose, ...]:
    """What the site is used for, where all its parcels say the same; else nobody can compare it with the plan."""
    said: tuple[Purpose, ...] | None = None
    for parcel in parcels:
        own = tuple(purpose(entry | {"area_m2": None}) for entry in json.loads(parcel.purposes))
        if said not in (None, own):
            return ()
        said = own
    return said or ()


class Telling:
    """Puts the hits of a layer into words, each with its band and the parcels it touches."""

    def __init__(self, touched: Touched) -> None:
        self.touched = touched

    def __call__(self, layer: Layer, hits: list[Hit]) -> tuple[ZoneFinding, ...]:
        told = records.described(layer, hits)
        return tuple(self.zone(layer, hit, finding) for hit, finding in zip(hits, told, strict=True))

    def zone(self, layer: Layer, hit: Hit, finding: ZoneFinding) -> SiteZone:
        said = {field.name: getattr(finding, field.name) for field in fields(ZoneFinding)}
        band = Band.ON if hit.distance_m == 0 else Band.BESIDE
        return SiteZone(**said, band=band, parcels=self.touched.get((layer.slug, hit.row_id), ()))


def card(site: Site, subject: Subject, parcels: list[Under], accuracy: float, taken_from: AccuracyFrom) -> SiteCard:
    own = sites.figures(subject)
    under = parcels[0].total_m2 if parcels else Decimal("0.0")
    return SiteCard(
        way=site.way,
        area_m2=own.area_m2,
        accuracy_m=accuracy,
        accuracy_from=taken_from,
        notes=tuple(SiteNote(note.code, note.text) for note in (*site.notes, *unplaced(own.communes))),
        communes=own.communes,
        parcels=tuple(listed(parcel) for parcel in parcels),
        parcel_count=parcels[0].total if parcels else 0,
        outside_m2=max(Decimal("0.0"), own.area_m2 - under),
        lon=own.lon,
        lat=own.lat,
        bounds=site.geometry.extent,
        polygons=site.polygons,
    )


def unplaced(communes: tuple[str, ...]) -> tuple[Note, ...]:
    """Ground of no commune is asked about all the same: a boundary may be missing. The reader is told."""
    return () if communes else (Note("no-commune"),)


def listed(parcel: Under) -> SiteParcel:
    return SiteParcel(*LISTED(parcel))


def beside(asked: Asked, slugs: list[str], found: tuple[ThemeFinding, ...]) -> tuple[Beside, ...]:
    """Records near the site that the themes do not name already."""
    near = sites.beside(asked.subject, BESIDE_M, slugs, asked.snapshot, asked.day)
    named = {(layer.layer.slug, zone.feature_id) for theme in found for layer in theme.layers for zone in layer.zones}
    by_layer: dict[str, dict[int, Decimal]] = {}
    for slug, row_id, distance in near:
        by_layer.setdefault(slug, {})[row_id] = distance
    return tuple(
        one
        for slug in slugs
        for one in told_beside(catalogue.get(slug), by_layer.get(slug, {}))
        if (one.layer, one.feature_id) not in named
    )


def told_beside(layer: Layer, distances: dict[int, Decimal]) -> list[Beside]:
    if not distances:
        return []
    by_row = public_records(layer, list(distances))
    return [
        Beside(
            layer=layer.slug,
            layer_title=layer.title,
            theme=layer.theme,
            feature_id=by_row[row_id]["feature_id"],
            label=str(by_row[row_id][layer.label]),
            distance_m=distance,
            attributes=records.attributes(layer.public_fields, by_row[row_id]),
        )
        for row_id, distance in distances.items()
    ]
