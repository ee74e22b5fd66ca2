"""What the rules say of an activity at a parcel. Nothing is allowed by default; each silence leaves it undecided."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from geoportal.verdicts import STYLES
from layers import catalogue
from layers.ground.admin_units import NEW
from layers.queries.snapshots import newest
from layers.report.may_i import MayI, Verdict, may_i
from tests.database import any_layer
from tests.database.province import (
    DAY,
    FIELD,
    PARCELS,
    Row,
    ask,
    box,
    deliver,
    parcel,
    publish_ground,
    standing,
    survey,
    zone,
)

pytestmark = pytest.mark.django_db(databases="__all__")


def rule(verdict: str, layer: str = "", kind: str = "", **said: object) -> Row:
    named = {"activity": "well", "zone_layer": layer, "zone_kind": kind, "verdict": verdict}
    return {**named, "edition": "Bản 1", "procedure_code": "", **said}


def asked(activity: str = "well", on: date = DAY) -> MayI:
    return may_i(ask(1, on=on).themes, activity, newest() or 0, on)


@pytest.fixture
def surveyed() -> None:
    """A field where every layer of the answer was surveyed, zones and plan alike, and every layer is published."""
    publish_ground()
    away = box(3000, 3000, 3010, 3010)
    deliver("coverage", *(survey(layer.slug) for layer in (*catalogue.reported(), *catalogue.composed())))
    deliver("planned-land-use", zone("planned-land-use", "Q1", box(-100, -100, 200, 200)))
    for layer in catalogue.reported():
        deliver_far_away(layer.slug, away)


def deliver_far_away(slug: str, shape: Any) -> None:
    layer = catalogue.get(slug)
    moved = {"MULTIPOLYGON": shape, "MULTILINESTRING": shape.boundary, "POINT": shape.centroid}[layer.geometry_type]
    deliver(layer, any_layer.record(layer) | {"geometry": moved, "code": "far"})


@pytest.fixture
def by_the_plan(surveyed: None) -> Row:
    return rule("allowed", "planned-land-use")


def test_a_rule_for_anywhere_decides_where_nothing_else_is(by_the_plan: Row) -> None:
    deliver("permissions", rule("on-condition"), by_the_plan)
    assert asked().verdict is Verdict.ON_CONDITION


def test_without_a_rule_nothing_is_allowed(by_the_plan: Row) -> None:
    deliver("permissions", by_the_plan)
    found = asked()
    assert (found.anywhere, found.verdict) == (None, Verdict.UNDECIDED)


def test_a_zone_that_forbids_decides_for_the_whole(by_the_plan: Row) -> None:
    deliver("permissions", rule("allowed"), by_the_plan, rule("forbidden", "groundwater-zones", "1"))
    deliver("groundwater-zones", zone("groundwater-zones", "GW", FIELD))
    found = asked()
    assert found.verdict is Verdict.FORBIDDEN
    assert [(ruling.label, ruling.verdict) for ruling in found.rulings][:1] == [("Vùng GW", Verdict.FORBIDDEN)]


def test_a_zone_without_a_rule_leaves_it_undecided(by_the_plan: Row) -> None:
    deliver("permissions", rule("allowed"), by_the_plan, rule("forbidden", "groundwater-zones", "2"))
    deliver("groundwater-zones", zone("groundwater-zones", "GW", FIELD))
    [ruling] = [each for each in asked().rulings if each.layer.slug == "groundwater-zones"]
    assert (ruling.rule, ruling.verdict, asked().verdict) == (None, Verdict.UNDECIDED, Verdict.UNDECIDED)


def test_a_rule_for_every_kind_holds_where_none_names_the_kind(by_the_plan: Row) -> None:
    deliver("permissions", rule("allowed"), by_the_plan, rule("on-condition", "groundwater-zones"))
    deliver("groundwater-zones", zone("groundwater-zones", "GW", FIELD))
    assert asked().verdict is Verdict.ON_CONDITION


def test_a_forbidding_zone_that_is_too_close_to_call_leaves_it_undecided(by_the_plan: Row) -> None:
    deliver("permissions", rule("allowed"), by_the_plan, rule("forbidden", "groundwater-zones"))
    deliver("groundwater-zones", zone("groundwater-zones", "GW", box(105, 0, 200, 50)))
    assert asked().verdict is Verdict.UNDECIDED


def test_a_layer_nobody_surveyed_here_leaves_it_undecided(by_the_plan: Row) -> None:
    deliver("permissions", rule("allowed"), by_the_plan)
    assert asked().verdict is Verdict.ALLOWED
    deliver("coverage", survey("groundwater-zones", box(0, 0, 50, 50)))
    found = asked()
    assert [layer.slug for layer in found.not_assessed] == ["groundwater-zones"]
    assert found.verdict is Verdict.UNDECIDED


def test_a_rule_of_an_ended_edition_decides_nothing(by_the_plan: Row) -> None:
    deliver("permissions", rule("allowed", edition_until=date(2026, 2, 28)), by_the_plan)
    assert asked(on=date(2026, 2, 28)).verdict is Verdict.ALLOWED
    found = asked(on=date(2026, 3, 1))
    assert found.anywhere is not None
    assert (found.anywhere.is_outdated, found.verdict) == (True, Verdict.UNDECIDED)


def test_an_answer_of_an_older_snapshot_keeps_its_rules(by_the_plan: Row) -> None:
    deliver("permissions", rule("allowed"), by_the_plan)
    then = newest() or 0
    deliver("permissions", rule("forbidden"), by_the_plan)
    assert may_i(ask(1, at=then).themes, "well", then, DAY).verdict is Verdict.ALLOWED
    assert asked().verdict is Verdict.FORBIDDEN


def test_the_json_twin_says_the_same_and_names_the_procedure(by_the_plan: Row, client: Client) -> None:
    deliver("procedures", {"code": "1.012784", "name": "Đăng ký giếng", "field": "Nước", "edition": "Bản 1"})
    deliver("permissions", rule("on-condition", procedure_code="1.012784"), by_the_plan)
    address = f"/api/parcels/{standing(1).feature_id}/may-i"
    told = client.get(address, {"activity": "well", "on": DAY.isoformat()}).json()
    assert (told["verdict"], told["legal_force"]) == ("on-condition", False)
    assert told["anywhere"]["procedure"] == {"code": "1.012784", "name": "Đăng ký giếng"}


def test_the_page_says_that_undecided_is_no_yes(client: Client) -> None:
    deliver(PARCELS, parcel(1))
    page = client.get(f"/parcels/{standing(1).feature_id}/may-i", {"activity": "well"}).content.decode()
    assert "chưa thể kết luận. Điều đó không có nghĩa là được phép." in page


@pytest.mark.parametrize("address", ["/where", "/api/parcels/{id}/may-i", "/parcels/{id}/may-i"])
def test_an_activity_nobody_knows_is_told_in_one_sentence(client: Client, address: str) -> None:
    deliver(PARCELS, parcel(1))
    answer = client.get(address.format(id=standing(1).feature_id), {"activity": "mining-the-moon"})
    assert answer.status_code == 400
    assert "Cổng không biết hoạt động này." in answer.content.decode()


def test_the_map_of_an_activity_leaves_no_ground_white(by_the_plan: Row, client: Client) -> None:
    deliver(
        "admin-units",
        {"edition": NEW, "code": "12817", "name": "Xã A", "level": "Xã", "geometry": box(-500, -500, 500, 500)},
    )
    deliver("permissions", rule("on-condition"), by_the_plan)
    whole = client.get("/where/assessed.json", {"activity": "well"}).json()["features"]
    assert [each["properties"]["verdict"] for each in whole] == ["on-condition"]
    deliver("coverage", survey("groundwater-zones", box(-500, -500, 0, 500)))
    halves = client.get("/where/assessed.json", {"activity": "well"}).json()["features"]
    assert [each["properties"]["verdict"] for each in halves] == ["on-condition", ""]


def test_a_layer_without_a_rule_is_drawn_as_not_assessed(by_the_plan: Row, client: Client) -> None:
    deliver("permissions", rule("on-condition"), rule("forbidden", "groundwater-zones", "1"), by_the_plan)
    context = client.get("/where", {"activity": "well"}).context
    drawn = {layer["slug"]: layer["legend"] for layer in context["layers"]}
    unnamed, first, second = (entry["hatch"] for entry in drawn["groundwater-zones"])
    assert (unnamed, first, second) == ("diagonal", "cross", "diagonal")
    assert drawn["mineral-areas"][0]["hatch"] == "diagonal"


def test_a_phone_begins_with_a_picture_that_hatches_what_is_not_assessed(by_the_plan: Row, client: Client) -> None:
    ground = box(-500, -500, 500, 500)
    deliver("admin-units", {"edition": NEW, "code": "12817", "name": "Xã A", "level": "Xã", "geometry": ground})
    deliver("map-sheets", {"commune_code": "12817", "sheet_no": "45", "geometry": ground})
    deliver("permissions", rule("on-condition"), by_the_plan)
    still = client.get("/where", {"activity": "well"}).context["still"]
    whole = client.get(still.address).content.decode()
    assert (STYLES["on-condition"].fill in whole, STYLES[""].fill in whole) == (True, False)
    deliver("coverage", survey("groundwater-zones", box(-500, -500, 0, 500)))
    halved = client.get(client.get("/where", {"activity": "well"}).context["still"].address).content.decode()
    [tint] = re.findall(f'fill="{STYLES[""].fill}"[^>]*', halved)
    assert f'fill="none" stroke="{STYLES[""].line}"' in halved.split(tint)[1].partition("<path")[2].partition("/>")[0]
    assert "mở bản đồ để xem đủ mọi vùng" in halved


def test_a_site_is_asked_the_same_question(by_the_plan: Row, client: Client) -> None:
    deliver("permissions", rule("on-condition"), by_the_plan, rule("forbidden", "groundwater-zones", "1"))
    deliver("groundwater-zones", zone("groundwater-zones", "GW", FIELD))
    sent = {"parcels": [standing(1).feature_id]}
    address = f"/api/may-i?activity=well&on={DAY.isoformat()}"
    told = client.post(address, sent, content_type="application/json").json()
    assert (told["verdict"], told["rulings"][0]["label"]) == ("forbidden", "Vùng GW")
    typed = {"numbers": "thửa 1 tờ 45", "activity": "well"}
    linked = {"parcels": str(standing(1).feature_id), "activity": "well", "on": DAY.isoformat()}
    assert "bị cấm ở đây" in client.get("/check", linked).content.decode()
    assert client.post("/check", typed | {"activity": "nothing"}).status_code == 400
