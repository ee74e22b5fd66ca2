"""What must hold for every pair, whatever the answer is. Examples are fixed, so that a run repeats itself."""

from __future__ import annotations

import numpy as np
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely import affinity
from shapely.geometry.base import BaseGeometry

from tests.oracle.decide import STRENGTH, Decision, decide
from tests.oracle.pairs import KINDS, Pair, random_pairs

repeatable = settings(
    derandomize=True, database=None, deadline=None, max_examples=120, suppress_health_check=[HealthCheck.too_slow]
)


def coordinates(low: int = -60, high: int = 160) -> st.SearchStrategy[float]:
    return st.integers(low * 10, high * 10).map(lambda decimetres: decimetres / 10)


places = st.tuples(coordinates(), coordinates())


@st.composite
def outlines(draw: st.DrawFn) -> BaseGeometry:
    """An area of a few corners around some place: small examples that a person can draw."""
    corners = draw(st.lists(st.tuples(st.floats(0.3, 1), st.floats(0, 1)), min_size=3, max_size=9))
    turns = (np.arange(len(corners)) + [0.8 * turn for _, turn in corners]) * 2 * np.pi / len(corners)
    reach = np.array([reach for reach, _ in corners]) * draw(st.integers(2, 90))
    ring = np.column_stack([reach * np.cos(turns), reach * np.sin(turns)])
    area = shapely.Polygon(np.round(np.add(ring, draw(places)), 3))
    return area if area.is_valid and area.area > 0.1 else shapely.box(0, 0, 40, 30)


lines = st.lists(places, min_size=2, max_size=6, unique=True).map(shapely.LineString)
small_pairs = st.builds(
    Pair, outlines(), st.one_of(outlines(), lines, places.map(shapely.Point)), st.floats(0.1, 60), st.booleans()
)
large_pairs = st.builds(
    lambda kind, seed: next(random_pairs(kind, 1, seed)), st.sampled_from(KINDS), st.integers(0, 1_000_000)
)
pairs = st.one_of(small_pairs, large_pairs)


def assert_same_answer(one: Decision, other: Decision) -> None:
    """Rounding may move a pair over a limit; nothing else may."""
    assert one.answer == other.answer or one.near_limit or other.near_limit
    assert abs(one.shared_area - other.shared_area) <= 1e-4 * max(1.0, one.shared_area)
    assert abs(one.distance - other.distance) <= 1e-6


def assert_not_weaker(strong: Decision, weak: Decision) -> None:
    weaker = STRENGTH.index(strong.answer) > STRENGTH.index(weak.answer)
    assert not weaker or strong.near_limit or weak.near_limit


def reordered(shape: BaseGeometry, first: int) -> BaseGeometry:
    """The same set of points with its parts, rings and vertices in another order."""

    def ring(line: BaseGeometry) -> BaseGeometry:
        vertices = shapely.get_coordinates(line)[:-1]
        turned = np.roll(vertices, first % len(vertices), axis=0)[::-1]
        return shapely.linearrings(turned)

    parts = [
        shapely.Polygon(ring(part.exterior), [ring(hole) for hole in part.interiors][::-1])
        if part.geom_type == "Polygon"
        else part.reverse()
        for part in shapely.get_parts(shape)[::-1]
    ]
    return shapely.union_all(parts) if parts[0].geom_type != "Polygon" else shapely.multipolygons(parts)


@repeatable
@given(pairs)
def test_a_share_is_never_above_one_nor_the_shared_area_above_either_area(pair: Pair) -> None:
    decision = decide(*pair)
    assert 0 <= decision.share <= 1 + 1e-9
    assert decision.shared_area <= min(pair.parcel.area, pair.zone.area) + 1e-6


@repeatable
@given(pairs, st.integers(0, 50), st.integers(0, 50))
def test_the_order_of_vertices_and_parts_does_not_matter(pair: Pair, first: int, second: int) -> None:
    turned = pair._replace(parcel=reordered(pair.parcel, first), zone=reordered(pair.zone, second))
    assert_same_answer(decide(*pair), decide(*turned))


@repeatable
@given(pairs, st.floats(0.1, 5))
def test_more_vertices_on_the_same_lines_do_not_matter(pair: Pair, step: float) -> None:
    denser = pair._replace(parcel=pair.parcel.segmentize(step))
    assert_same_answer(decide(*pair), decide(*denser))


@repeatable
@given(pairs, st.tuples(coordinates(-300, 300), coordinates(-300, 300)))
def test_more_zone_never_affects_less(pair: Pair, step: tuple[float, float]) -> None:
    more = pair._replace(zone=pair.zone.union(affinity.translate(pair.zone, *step)))
    assert_not_weaker(strong=decide(*more), weak=decide(*pair))


@repeatable
@given(pairs, st.floats(1.01, 10))
def test_a_larger_margin_never_affects_and_never_frees(pair: Pair, factor: float) -> None:
    precise = decide(*pair._replace(whole_parcels=False))
    vague = decide(pair.parcel, pair.zone, pair.margin * factor)
    if not precise.near_limit and not vague.near_limit:
        assert (precise.answer, vague.answer) not in {
            ("not-affected", "affected"),
            ("too-close", "affected"),
            ("too-close", "not-affected"),
            ("affected", "not-affected"),
        }


@repeatable
@given(pairs, st.floats(0.1, 60))
def test_a_listed_decision_has_no_margin_and_nothing_too_close(pair: Pair, other_margin: float) -> None:
    listed = decide(pair.parcel, pair.zone, pair.margin, whole_parcels=True)
    assert listed == decide(pair.parcel, pair.zone, other_margin, whole_parcels=True)
    assert listed.answer in {"affected", "not-affected"}


@repeatable
@given(outlines(), outlines(), st.floats(0.1, 60))
def test_parcel_and_zone_of_areas_may_change_places(one: BaseGeometry, other: BaseGeometry, margin: float) -> None:
    assert_same_answer(decide(one, other, margin), decide(other, one, margin))


@repeatable
@given(pairs, st.floats(0, 360), st.tuples(coordinates(-9000, 9000), coordinates(-9000, 9000)))
def test_where_and_how_the_pair_lies_does_not_matter(pair: Pair, angle: float, step: tuple[float, float]) -> None:
    origin = pair.parcel.centroid

    def moved(shape: BaseGeometry) -> BaseGeometry:
        return affinity.translate(affinity.rotate(shape, angle, origin=origin), *step)

    turned = pair._replace(parcel=moved(pair.parcel), zone=moved(pair.zone))
    assert_same_answer(decide(*pair), decide(*turned))


@repeatable
@given(outlines(), st.lists(outlines(), min_size=2, max_size=4), st.floats(0.1, 60), st.booleans())
def test_parts_drawn_over_each_other_are_their_union(
    parcel: BaseGeometry, parts: list[BaseGeometry], margin: float, whole: bool
) -> None:
    drawn, united = shapely.multipolygons(parts), shapely.union_all(parts)
    assert_same_answer(decide(parcel, drawn, margin, whole), decide(parcel, united, margin, whole))


@repeatable
@given(pairs)
def test_an_answer_agrees_with_its_own_figures(pair: Pair) -> None:
    decision = decide(*pair._replace(whole_parcels=False))
    if decision.answer == "affected":
        assert decision.depth > pair.margin
        assert decision.distance == 0
    elif decision.answer == "too-close":
        assert decision.depth <= pair.margin
        assert decision.distance <= pair.margin
    else:
        assert decision.distance > pair.margin
        assert decision.shared_area == 0
