"""What is at a point: in every layer, in the order of the answer, and honest about what was not surveyed."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pyproj import Transformer

from layers import catalogue
from layers.declare import Field, Words
from layers.ground.admin_units import NEW, OLD
from layers.ground.parcels import PARCELS
from layers.queries import identify, prepared
from layers.queries.snapshots import newest
from tests.database.province import EVERYWHERE, SOUTH, WEST, box, deliver, line, parcel, point, standing, survey, zone

pytestmark = pytest.mark.django_db(databases="__all__")

TO_WGS84 = Transformer.from_crs(9209, 4326, always_xy=True)
COMMUNE = {"level": "Xã", "province_code": "33", "province": "Hưng Yên"}


def asked(x: float = 50, y: float = 25, **more: object) -> dict[str, object]:
    """The words of an address for a point, in metres from the corner of the test's ground."""
    lon, lat = TO_WGS84.transform(WEST + x, SOUTH + y)
    return {"lon": lon, "lat": lat, **more}


def here(client: Client, x: float = 50, y: float = 25, **more: object) -> dict[str, Any]:
    answer = client.get("/api/identify", asked(x, y, **more))
    assert answer.status_code == 200, answer.content
    return dict(answer.json())


def named(told: dict[str, Any]) -> dict[str, list[str]]:
    return {layer["slug"]: [feature["title"] for feature in layer["features"]] for layer in told["layers"]}


def test_a_parcel_is_named_by_its_numbers_old_and_new_and_leads_to_its_page(client: Client) -> None:
    deliver(
        "admin-units",
        {"edition": NEW, "code": "12817", "name": "Xã Minh Tân", **COMMUNE, "geometry": EVERYWHERE},
        {"edition": OLD, "code": "12700", "name": "Xã Đông Các", **COMMUNE, "geometry": EVERYWHERE},
    )
    deliver(PARCELS, parcel(7, old_commune_code="12700", old_sheet_no="5", old_parcel_no="88"))
    first = here(client)["layers"][0]
    assert first["slug"] == "parcels"
    [feature] = first["features"]
    assert feature["title"] == "Thửa 7, tờ 45, Xã Minh Tân"
    assert feature["subtitle"] == "Sổ cũ: Thửa 88, tờ 5, Xã Đông Các"
    assert feature["url"] == f"/parcels/{standing(7).feature_id}"
    assert feature["distance_m"] == 0


def test_every_layer_of_the_map_is_asked_and_parcels_stand_first(client: Client) -> None:
    deliver("admin-units", {"edition": NEW, "code": "12817", "name": "Xã Minh Tân", **COMMUNE, "geometry": EVERYWHERE})
    deliver("waters", {"code": "W1", "name": "Ao làng", "kind": "pond", "geometry": box(0, 0, 100, 50)})
    deliver("groundwater-zones", zone("groundwater-zones", "N1", box(0, 0, 100, 50)))
    deliver("licensed-wells", zone("licensed-wells", "G1", point(52, 25)))
    deliver("source-corridors", zone("source-corridors", "H1", line((0, 27), (100, 27))))
    deliver(PARCELS, parcel(1))
    told = named(here(client))
    first, *rest = told
    assert first == "parcels"
    assert set(rest[:3]) == {"groundwater-zones", "licensed-wells", "source-corridors"}
    assert set(rest[3:]) == {"admin-units", "waters"}


def test_a_click_beside_a_well_finds_it_when_the_map_is_far_away_and_not_when_near(client: Client) -> None:
    deliver("licensed-wells", zone("licensed-wells", "G1", point(70, 25)))
    assert "licensed-wells" in named(here(client, z=14))
    assert "licensed-wells" not in named(here(client, z=18))


def test_the_distance_is_metres_of_the_provinces_plane(client: Client) -> None:
    deliver("licensed-wells", zone("licensed-wells", "G1", point(70, 25)))
    [layer] = here(client, z=14)["layers"]
    assert layer["features"][0]["distance_m"] == pytest.approx(20, abs=0.02)


def test_a_corridor_is_there_as_far_as_it_reaches_however_near_the_map(client: Client) -> None:
    deliver(
        "source-corridors",
        zone("source-corridors", "H1", line((0, 45), (100, 45)), width_m=25.0),
        zone("source-corridors", "H2", line((0, 45), (100, 45)), width_m=15.0),
    )
    assert named(here(client, z=20)) == {"source-corridors": ["Vùng H1"]}


def test_nearest_comes_first(client: Client) -> None:
    wells = (zone("licensed-wells", f"G{x}", point(x, 25)) for x in (90, 60, 75))
    deliver("licensed-wells", *wells)
    assert named(here(client, z=13))["licensed-wells"] == ["Vùng G60", "Vùng G75", "Vùng G90"]


def test_an_older_snapshot_shows_what_was_there(client: Client) -> None:
    deliver("groundwater-zones", zone("groundwater-zones", "N1", box(0, 0, 100, 50)))
    before = newest()
    deliver("groundwater-zones", zone("groundwater-zones", "N2", box(0, 0, 100, 50)))
    assert named(here(client, at=before)) == {"groundwater-zones": ["Vùng N1"]}
    assert named(here(client)) == {"groundwater-zones": ["Vùng N2"]}


def test_layers_not_surveyed_here_are_named(client: Client) -> None:
    deliver("coverage", survey("groundwater-zones"), survey("licensed-wells", box(500, 500, 600, 600)))
    told = here(client)
    assert [record["layer"] for record in told["surveyed"]] == ["groundwater-zones"]
    assert "licensed-wells" in told["not_surveyed"]
    assert "groundwater-zones" not in told["not_surveyed"]


def test_nowhere_is_an_answer_too(client: Client) -> None:
    deliver(PARCELS, parcel(1))
    told = here(client, 9000, 9000)
    assert told["layers"] == []
    assert set(told["not_surveyed"]) == {layer.slug for layer in (*catalogue.composed(), *catalogue.reported())}


def test_no_private_field_is_told(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = Field("surveyed_on", Words("Ngày đo", "Surveyed on"))
    well = catalogue.get("licensed-wells")
    guarded = dataclasses.replace(well, fields=(*well.fields, secret))
    monkeypatch.setitem(catalogue._layers, well.slug, guarded)
    identify.statement.cache_clear()
    deliver(guarded, zone(well.slug, "G1", point(50, 25), surveyed_on="1987-06-05"))
    answer = client.get("/api/identify", asked())
    identify.statement.cache_clear()
    assert "G1" in answer.content.decode()
    assert "1987" not in answer.content.decode()


def test_the_answer_takes_few_statements_however_many_layers_there_are(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver(PARCELS, parcel(1))
    here(client)
    asked: list[str] = []
    execute = prepared.execute

    def noted(using: str, statement: str, values: Any) -> Any:
        asked.append(statement)
        return execute(using, statement, values)

    monkeypatch.setattr(prepared, "execute", noted)
    with CaptureQueriesContext(connection) as seen:
        here(client)
    # The newest snapshot, what is there, and the commune's name: prepared, and so past Django's record of statements.
    assert len(asked) == 3
    assert not [query for query in seen if query["sql"].startswith("SELECT")]


def test_a_page_and_a_fragment_say_the_same(client: Client) -> None:
    deliver(PARCELS, parcel(1))
    deliver("groundwater-zones", zone("groundwater-zones", "N1", box(0, 0, 100, 50), valid_from="2024-01-31"))
    page = client.get("/identify", asked())
    fragment = client.get("/identify", asked(), headers={"hx-request": "true"})
    assert page.status_code == fragment.status_code == 200
    words = fragment.content.decode()
    assert "Thửa 1, tờ 45" in words
    assert "31/01/2024" in words
    assert f'href="/parcels/{standing(1).feature_id}"' in words
    assert words.strip() in page.content.decode()
    assert "<html" not in words


def test_the_page_speaks_english_when_asked(client: Client) -> None:
    deliver(PARCELS, parcel(1))
    assert "Land parcels" in client.get("/identify", asked(lang="en")).content.decode()


BAD = [
    ({}, 400, "point-missing"),
    ({"lon": "106.3"}, 400, "point-missing"),
    ({"lon": "106.3", "lat": "nan"}, 400, "point-missing"),
    ({"lon": "inf", "lat": "20.4"}, 400, "point-missing"),
    ({"lon": "106.3'; DROP TABLE layers_parcel", "lat": "20.4"}, 400, "point-missing"),
    ({"lon": "<script>", "lat": "20.4"}, 400, "point-missing"),
    ({"lon": "20.4", "lat": "106.3"}, 400, "point-outside"),
    ({"lon": "2.35", "lat": "48.85"}, 400, "point-outside"),
    ({"lon": "106.3", "lat": "20.4", "z": "near"}, 400, "number-wrong"),
    ({"lon": "106.3", "lat": "20.4", "z": "nan"}, 400, "number-wrong"),
    ({"lon": "106.3", "lat": "20.4", "z": "-1"}, 400, "number-wrong"),
    ({"lon": "106.3", "lat": "20.4", "at": "1 OR 1=1"}, 400, "number-wrong"),
    ({"lon": "106.3", "lat": "20.4", "at": "99"}, 404, "snapshot-unknown"),
]


@pytest.mark.parametrize(("words", "status", "code"), BAD, ids=[" ".join(words.values())[:30] for words, _, _ in BAD])
def test_a_wrong_question_is_answered_with_one_sentence(
    client: Client, words: dict[str, str], status: int, code: str
) -> None:
    deliver(PARCELS, parcel(1))
    answer = client.get("/api/identify", words)
    assert answer.status_code == status
    assert answer.json()["code"] == code
    assert answer.json()["title"].endswith(".")
    page = client.get("/identify", words)
    assert page.status_code == status
    assert f'data-code="{code}"' in page.content.decode()


def test_a_portal_without_data_says_so(client: Client) -> None:
    answer = client.get("/api/identify", asked())
    assert answer.status_code == 503
    assert answer.json()["code"] == "nothing-published"


def test_a_click_of_the_present_finds_what_one_of_the_newest_snapshot_by_number_finds(client: Client) -> None:
    deliver(PARCELS, parcel(1), parcel(2, box(0, 0, 200, 100)))
    deliver(PARCELS, parcel(3), whole_layer=True)
    present = here(client)["layers"]
    assert here(client, at=newest())["layers"] == present
    assert here(client, at=1)["layers"] != present
