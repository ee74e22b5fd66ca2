from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from geopandas.testing import assert_geodataframe_equal
from pyproj import CRS

import importers
from importers.crs.operation import transformer
from importers.findings import RULES, Finding, found, undecided
from importers.findings.fitting import DELIVERY
from importers.pipeline import LISTED_PER_RULE, STEPS, Understood, understand
from importers.steps.context import Ground
from tests.pure.steps.making import COMMUNE, EAST, NORTH, box, codes, context, parcels
from tests.pure.steps.test_crs import wkt


def settled(*shapes: Any, count: int = 5, **said: Any) -> Understood:
    given = parcels(shapes=list(shapes)) if shapes else parcels(count)
    return understand(given, context(crs="EPSG:9209", **said))


def elsewhere(epsg: int, swapped: bool = False) -> list[Any]:
    way = transformer(epsg)

    def back(points: np.ndarray) -> np.ndarray:
        moved = np.column_stack(way.transform(points[:, 0], points[:, 1], direction="INVERSE"))
        return moved[:, ::-1] if swapped else moved

    return list(shapely.transform(np.array([box(at) for at in range(5)], dtype=object), back))


def test_a_good_delivery_has_nothing_open_and_every_rule_has_spoken() -> None:
    understood = settled()
    assert understood.open == ()
    assert understood.unchecked == ()
    assert "overlap" in understood.quiet
    assert len(understood.quiet) + len(set(codes(understood.findings))) == sum(len(rules) for _, rules in STEPS)


@pytest.mark.parametrize("number", range(len(STEPS)))
@pytest.mark.parametrize("fix", [False, True])
def test_no_step_changes_what_it_is_given(number: int, fix: bool) -> None:
    bow_tie = shapely.Polygon([(EAST, NORTH), (EAST + 9, NORTH + 9), (EAST + 9, NORTH), (EAST, NORTH + 9)])
    given = parcels(shapes=[box(0), box(0), bow_tie, None, box(7)], DIENTICHPL="12,5", GHICHU="Th\xabn")
    said = context(crs="EPSG:9209", fix=fix, accuracy_m=0.3)
    for step, _ in STEPS[:number]:
        given, _found = step(given, said)
    before = given.copy(deep=True)
    kept = given.geometry.to_wkb().tolist() if "geometry" in given else []
    STEPS[number][0](given, said)
    assert_geodataframe_equal(given, before, check_crs=False)
    assert given.geometry.to_wkb().tolist() == kept


def test_every_rule_belongs_to_one_step_or_to_the_delivery() -> None:
    listed = [code for _, rules in STEPS for code in rules] + list(DELIVERY)
    assert sorted(listed) == sorted(RULES)


def test_every_rule_is_used_somewhere() -> None:
    folder = Path(importers.__file__).parent
    desk = folder.parent / "desk"  # which knows who may deliver what
    code = "\n".join(
        file.read_text(encoding="utf-8")
        for file in (*folder.rglob("*.py"), *desk.rglob("*.py"))
        if "findings" not in file.parts and "reader" not in file.parts
    ) + (folder / "findings" / "finding.py").read_text(encoding="utf-8")
    used = set(re.findall(r'"([a-z0-9-]+)"', code))
    assert not set(RULES) - used


def test_findings_carry_the_key_and_a_place() -> None:
    far = shapely.box(EAST + 300_000, NORTH, EAST + 300_010, NORTH + 10)
    understood = settled(box(0), far)
    finding = next(finding for finding in understood.findings if finding.code == "outside-province")
    assert finding.key == f"{COMMUNE} / 45 / 2"
    assert finding.place == pytest.approx((EAST + 300_005, NORTH + 5))


def test_many_findings_of_one_rule_are_cut_and_counted() -> None:
    far = [shapely.box(EAST + 300_000 + 20 * at, NORTH, EAST + 300_010 + 20 * at, NORTH + 10) for at in range(1_200)]
    understood = settled(*far)
    assert codes(understood.findings).count("outside-province") == LISTED_PER_RULE
    capped = next(finding for finding in understood.findings if finding.code == "findings-capped")
    assert (capped.value, capped.detail["count"]) == ("outside-province", "1200")


def test_what_cannot_be_checked_yet_is_said() -> None:
    understood = understand(parcels(), context(ground=Ground()))
    assert codes(understood.open) == ["crs-undecided"]
    assert "overlap" in understood.unchecked
    assert "overlap" not in understood.quiet


def test_a_missing_prj_is_settled_by_the_commune_and_told() -> None:
    understood = understand(parcels(shapes=elsewhere(9210)), context())
    assert "crs-found" in codes(understood.findings)
    assert understood.open == ()
    assert understood.frame.geometry.iloc[0].equals_exact(shapely.MultiPolygon([box(0)]), 0.001)


def test_a_missing_prj_without_outlines_is_asked_with_ranked_proposals() -> None:
    understood = understand(parcels(), context(ground=Ground()))
    finding = next(finding for finding in understood.findings if finding.code == "crs-undecided")
    assert "KTT 105°30'" in finding.sentence


def test_a_layer_without_communes_is_placed_by_the_one_that_the_officer_names() -> None:
    zones = parcels()[["geometry"]]
    asked, told = (understand(zones, context("groundwater-zones", commune=code)) for code in ("", COMMUNE))
    assert "crs-undecided" in codes(asked.findings)
    assert "crs-found" in codes(told.findings)


def test_a_prj_of_utm_over_a_local_zone_is_asked() -> None:
    understood = understand(parcels(), context(crs_text="EPSG:3405"))
    (finding,) = understood.open
    assert finding.code == "crs-contradicted"
    assert "EPSG:9209" in finding.detail["proposals"].split(";")[0]


def test_the_meridian_of_the_next_province_is_asked_and_the_best_named() -> None:
    (finding,) = understand(parcels(), context(crs_text=CRS(9210).to_wkt("WKT1_ESRI"))).open
    assert finding.code == "crs-contradicted"
    assert finding.detail["proposals"].startswith("EPSG:9209")


def test_degrees_under_a_prj_of_metres_are_asked() -> None:
    (finding,) = understand(parcels(shapes=elsewhere(4326)), context(crs_text="EPSG:9209")).open
    assert finding.code == "crs-contradicted"


def test_swapped_axes_are_asked_and_turned_only_on_request() -> None:
    (finding,) = understand(parcels(shapes=elsewhere(9209, swapped=True)), context(crs_text="EPSG:9209")).open
    assert finding.code == "axes-swapped"
    turned = understand(parcels(shapes=elsewhere(9209, swapped=True)), context(crs_text="EPSG:9209", fix=True))
    assert "axes-turned" in codes(turned.findings)
    (back,) = shapely.normalize(turned.frame.geometry.to_numpy()[:1])
    assert back.equals_exact(shapely.normalize(shapely.MultiPolygon([box(0)])), 0.001)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (wkt("VN_2000_105do30", "D_WGS_1984"), "crs-datum-wrong"),
        (wkt(scale=0.9996), "crs-scale-wrong"),
        ("EPSG:2044", "crs-hn72"),
        ("EPSG:2154", "crs-unsupported"),
    ],
)
def test_known_mistakes_of_a_prj_stop_with_their_words(text: str, code: str) -> None:
    understood = understand(parcels(), context(crs_text=text))
    assert codes(understood.open) == [code]
    assert "{" not in understood.open[0].sentence + understood.open[0].advice


def test_an_officer_confirms_a_system_over_the_files_own_words() -> None:
    assert understand(parcels(), context(crs_text="EPSG:2154", crs="105°30'")).open == ()


def test_data_from_another_country_are_outside_the_province() -> None:
    abroad = [shapely.box(2.32 + at / 1_000, 48.6, 2.3205 + at / 1_000, 48.601) for at in range(5)]
    stated = understand(parcels(shapes=abroad), context(crs_text="EPSG:4326"))
    assert {"outside-province", "outside-commune"} == set(codes(stated.open))
    assert codes(understand(parcels(shapes=abroad), context()).open) == ["crs-nowhere"]


def test_a_geojson_that_says_nothing_is_longitude_and_latitude() -> None:
    understood = understand(parcels(shapes=elsewhere(4326)), context(driver="GeoJSON", encoding_known=True))
    assert "crs-standard" in codes(understood.findings)
    assert understood.open == ()


def test_a_decision_taken_by_name_opens_the_way_and_a_block_never_does() -> None:
    findings = [
        found("area-differs", paper="1", drawn="2", difference="1", tolerance="0"),
        found("shape-missing", row=1),
    ]
    assert codes(undecided(findings, frozenset())) == ["area-differs", "shape-missing"]
    assert codes(undecided(findings, frozenset({"area-differs", "shape-missing"}))) == ["shape-missing"]


def test_a_question_cannot_be_waved_through() -> None:
    asked: list[Finding] = [found("crs-undecided", proposals="x")]
    assert undecided(asked, frozenset({"crs-undecided"})) == asked
