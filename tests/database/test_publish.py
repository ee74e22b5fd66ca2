"""Publishing: all of a delivery or nothing, versions instead of overwriting, one publisher at a time."""

from __future__ import annotations

import hashlib
from datetime import date

import numpy
import pandas
import pytest
import shapely
from django.db import connections
from psycopg import DatabaseError

from importers.publish import Delivery, PublishRefused, compare, publish, rows, twins
from layers.ground.parcels import PARCEL_SUCCESSIONS, PARCELS, Parcel
from layers.revisions import Revision
from layers.themes.groundwater_zones import GroundwaterZone
from layers.twins import CoveragePiece, ZoneEdge, ZonePiece
from tests.database.province import FIELD, Row, box, deliver, frame, line, parcel, point, standing, survey, zone

pytestmark = pytest.mark.django_db(databases="__all__")

GROUNDWATER = "groundwater-zones"
BY_OTHERS = Delivery("thua.gpkg", "a" * 64, "Bình")


def counts(revision: Revision | None) -> tuple[int, int, int]:
    assert revision is not None
    return revision.added, revision.changed, revision.removed


def fields(*numbers: int, **said: object) -> list[Row]:
    return [parcel(number, box(200 * number, 0, 200 * number + 100, 50), **said) for number in numbers]


class TestDifference:
    def test_the_same_rows_twice_are_no_revision(self) -> None:
        deliver(PARCELS, *fields(1, 2, 3))
        assert deliver(PARCELS, *fields(1, 2, 3)) is None
        assert deliver(PARCELS, *fields(3, 1, 2)) is None
        assert Revision.objects.count() == 1

    def test_one_changed_row_is_one_change(self) -> None:
        deliver(PARCELS, *fields(1, 2, 3))
        revision = deliver(PARCELS, *fields(1, 2), *fields(3, map_scale=500))
        assert counts(revision) == (0, 1, 0)
        assert Parcel.objects.filter(since=2).count() == 1

    def test_what_a_delivery_lacks_is_removed_within_its_scope_only(self) -> None:
        deliver(PARCELS, *fields(1, 2), *fields(3, sheet_no="46"))
        assert counts(deliver(PARCELS, *fields(1))) == (0, 0, 1)
        assert sorted(Parcel.objects.filter(until=None).values_list("parcel_no", flat=True)) == ["1", "3"]

    def test_a_delivery_of_a_whole_layer_speaks_for_all_of_it(self) -> None:
        deliver(PARCELS, *fields(1, 2), *fields(3, sheet_no="46"))
        assert counts(deliver(PARCELS, *fields(1), whole_layer=True)) == (0, 0, 2)

    def test_a_layer_without_scope_loses_nothing_by_a_delivery(self) -> None:
        steps = [{"kind": "split", "parent_id": 1, "child_id": child} for child in (2, 3)]
        deliver(PARCEL_SUCCESSIONS, steps[0])
        assert counts(deliver(PARCEL_SUCCESSIONS, steps[1])) == (1, 0, 0)
        assert counts(deliver(PARCEL_SUCCESSIONS, steps[1], whole_layer=True)) == (0, 0, 1)

    def test_comparing_tells_what_publishing_would_do_and_writes_nothing(self) -> None:
        deliver(PARCELS, *fields(1, 2, 3))
        difference = compare(PARCELS, [frame([*fields(1), *fields(2, map_scale=500), *fields(4)])])
        assert (difference.added, difference.changed, difference.removed, difference.same) == (1, 1, 1, 1)
        assert difference.examples["removed"] == [("12817", "45", "3")]
        assert Revision.objects.count() == 1
        assert Parcel.objects.filter(until=None).count() == 3

    def test_several_frames_are_one_delivery(self) -> None:
        revision = publish(PARCELS, (frame(fields(number)) for number in (1, 2, 3)), BY_OTHERS)
        assert counts(revision) == (3, 0, 0)

    def test_an_empty_cell_is_nothing_and_not_a_number(self) -> None:
        deliver(PARCELS, *fields(1, map_scale=500), *fields(2))
        assert [standing(1).map_scale, standing(2).map_scale] == [500, None]

    def test_half_a_number_is_refused_where_whole_ones_stand(self) -> None:
        with pytest.raises(DatabaseError):
            deliver(PARCELS, *fields(1, map_scale=500.5))

    @pytest.mark.parametrize("nothing", [None, float("nan"), pandas.NA, pandas.NaT])
    def test_every_kind_of_nothing_is_nothing(self, nothing: object) -> None:
        deliver(GROUNDWATER, zone(GROUNDWATER, "a", FIELD, depth_from_m=nothing, valid_until=nothing, issuer=nothing))
        kept = GroundwaterZone.objects.get()
        assert (kept.depth_from_m, kept.valid_until, kept.issuer) == (None, None, "")


class TestVersions:
    def test_a_feature_keeps_its_id_through_its_versions(self) -> None:
        deliver(PARCELS, *fields(1))
        for scale in (500, 1000, 2000):
            deliver(PARCELS, *fields(1, map_scale=scale))
        assert Parcel.objects.values("feature_id").distinct().count() == 1
        versions = Parcel.objects.order_by("since").values_list("since", "until", "map_scale")
        assert list(versions) == [(1, 2, None), (2, 3, 500), (3, 4, 1000), (4, None, 2000)]

    def test_until_is_never_changed_once_it_is_set(self) -> None:
        deliver(PARCELS, *fields(1, 2))
        deliver(PARCELS, *fields(2))
        closed = Parcel.objects.get(parcel_no="1")
        deliver(PARCELS, *fields(1, 2))
        deliver(PARCELS, *fields(3))
        closed.refresh_from_db()
        assert (closed.since, closed.until) == (1, 2)

    def test_a_number_that_comes_back_is_another_parcel(self) -> None:
        deliver(PARCELS, *fields(1, 2))
        deliver(PARCELS, *fields(2))
        deliver(PARCELS, *fields(1, 2))
        ids = set(Parcel.objects.filter(parcel_no="1").values_list("feature_id", flat=True))
        assert len(ids) == 2

    def test_twins_follow_their_rows(self) -> None:
        deliver(GROUNDWATER, zone(GROUNDWATER, "a", FIELD), zone(GROUNDWATER, "b", FIELD))
        deliver(GROUNDWATER, zone(GROUNDWATER, "a", box(0, 0, 100, 60)))
        for twin in (ZonePiece, ZoneEdge):
            held = twin.objects.order_by("since", "row_id").values_list("since", "until")
            assert list(held) == [(1, 2), (1, 2), (2, None)]
        now = GroundwaterZone.objects.get(until=None)
        assert list(ZonePiece.objects.filter(until=None).values_list("row_id", flat=True)) == [now.row_id]

    def test_a_zone_of_many_vertices_is_cut_and_loses_no_ground(self) -> None:
        disc = point(0, 0).buffer(500, quad_segs=400)
        deliver(GROUNDWATER, zone(GROUNDWATER, "disc", disc))
        pieces = [shapely.from_wkb(bytes(piece.geom.wkb)) for piece in ZonePiece.objects.all()]
        edges = [shapely.from_wkb(bytes(edge.geom.wkb)) for edge in ZoneEdge.objects.all()]
        assert max(shapely.get_num_coordinates(pieces + edges)) <= 64
        assert sum(piece.area for piece in pieces) == pytest.approx(disc.area, abs=1e-4)
        assert sum(edge.length for edge in edges) == pytest.approx(disc.length, abs=1e-6)

    def test_coverage_has_its_pieces(self) -> None:
        deliver("coverage", survey(GROUNDWATER, FIELD, accuracy_m=3.0))
        assert list(CoveragePiece.objects.values_list("layer", "accuracy_m", "until")) == [(GROUNDWATER, 3.0, None)]

    def test_a_corridor_s_ground_is_all_within_its_width(self) -> None:
        deliver("source-corridors", zone("source-corridors", "bank", line((0, 0), (100, 0)), width_m=20.0))
        ground = shapely.union_all([shapely.from_wkb(bytes(piece.geom.wkb)) for piece in ZonePiece.objects.all()])
        assert ground.area == pytest.approx(100 * 40 + numpy.pi * 20**2, abs=0.1)

    def test_the_shape_for_tiles_is_the_same_place(self) -> None:
        deliver(PARCELS, *fields(1))
        kept = standing(1)
        with connections["publish"].cursor() as cursor:
            cursor.execute("SELECT max(ST_HausdorffDistance(ST_Transform(geom_3857, 9209), geom)) FROM layers_parcel")
            [(apart,)] = cursor.fetchall()
        assert kept.geom_3857.srid == 3857
        assert apart < 0.001


class TestRefusal:
    @pytest.mark.parametrize(
        ("code", "wrong"),
        [
            ("duplicate-key", [parcel(1), parcel(1, box(500, 0, 600, 50))]),
            ("empty-shape", [parcel(1), parcel(2, shapely.Polygon())]),
            ("empty-shape", [parcel(1), parcel(2, None)]),
            ("invalid-shape", [parcel(1), parcel(2, shapely.Polygon([(0, 0), (9, 9), (9, 0), (0, 9)]))]),
        ],
        ids=["two rows of one key", "an empty shape", "no shape", "a crossing ring"],
    )
    def test_what_no_answer_could_be_computed_from_is_refused(self, code: str, wrong: list[Row]) -> None:
        with pytest.raises(PublishRefused) as refusal:
            deliver(PARCELS, *wrong)
        assert refusal.value.code == code
        assert refusal.value.keys == [("12817", "45", "1" if code == "duplicate-key" else "2")]
        assert not Parcel.objects.exists()
        assert not Revision.objects.exists()

    def test_a_fault_after_the_rows_were_written_leaves_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        deliver(GROUNDWATER, zone(GROUNDWATER, "a", FIELD))

        def fail(*_: object) -> None:
            raise RuntimeError("power cut")

        monkeypatch.setattr(twins, "follow", fail)
        with pytest.raises(RuntimeError):
            deliver(GROUNDWATER, zone(GROUNDWATER, "a", box(0, 0, 1, 1)), zone(GROUNDWATER, "b", FIELD))
        assert list(GroundwaterZone.objects.values_list("code", "since", "until")) == [("a", 1, None)]
        assert Revision.objects.count() == 1


class TestHistory:
    def test_it_says_who_and_what(self) -> None:
        revision = deliver(PARCELS, *fields(1, 2), note="đợt 1")
        kept = Revision.objects.get()
        assert revision is not None
        assert (kept.number, kept.layer, kept.publisher, kept.approver) == (revision.number, "parcels", "Bình", "An")
        assert (kept.delivery_name, kept.note, kept.added) == ("parcels.gpkg", "đợt 1", 2)

    def test_numbers_follow_each_other_over_all_layers(self) -> None:
        deliver(PARCELS, *fields(1))
        deliver(GROUNDWATER, zone(GROUNDWATER, "a", FIELD))
        deliver(PARCELS, *fields(1, 2))
        history = Revision.objects.order_by("number").values_list("number", "layer")
        assert list(history) == [(1, "parcels"), (2, GROUNDWATER), (3, "parcels")]

    def test_digests_of_a_layer_chain(self, monkeypatch: pytest.MonkeyPatch) -> None:
        first = deliver(PARCELS, *fields(1))
        monkeypatch.setattr(rows, "change_digest", lambda _: "what changed")
        second = deliver(PARCELS, *fields(1, 2))
        assert first is not None
        assert second is not None
        assert second.digest == hashlib.sha256(first.digest.encode() + b"what changed").hexdigest()

    def test_another_content_is_another_digest(self) -> None:
        digests = set()
        for scale in (500, 1000, 500):
            revision = deliver(PARCELS, *fields(1, map_scale=scale))
            digests.add(revision.digest if revision else "")
        assert len(digests) == 3

    def test_the_order_of_rows_does_not_change_the_digest(self) -> None:
        with connections["publish"].cursor() as cursor:
            digests = []
            for order in (1, 2), (2, 1):
                cursor.execute("SAVEPOINT before")
                revision = deliver(PARCELS, *fields(*order))
                digests.append(revision.digest if revision else "")
                cursor.execute("ROLLBACK TO before")
        assert digests[0] == digests[1] != ""


def test_sixty_thousand_rows_at_once_keep_every_index() -> None:
    before = indexes()
    west, south = numpy.meshgrid(numpy.arange(300.0) * 30, numpy.arange(200.0) * 30)
    shapes = shapely.box(583_000 + west, 2_260_000 + south, 583_030 + west, 2_260_030 + south).ravel()
    many = frame([parcel(1)]).iloc[numpy.zeros(60_000, dtype=int)].reset_index(drop=True)
    many = many.assign(parcel_no=[str(n) for n in range(60_000)]).set_geometry(shapes).set_crs(9209)
    assert counts(publish(PARCELS, [many[:20_000], many[20_000:]], BY_OTHERS)) == (60_000, 0, 0)
    assert indexes() == before
    assert standing(59_999).feature_id


def indexes() -> list[tuple[str, str]]:
    with connections["publish"].cursor() as cursor:
        cursor.execute("SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s ORDER BY 1", (PARCELS.table,))
        return list(cursor.fetchall())


def test_dates_and_numbers_arrive_as_what_they_are() -> None:
    said = zone(GROUNDWATER, "a", FIELD, valid_from=pandas.Timestamp("2026-01-31"), depth_from_m=numpy.float32(1.5))
    deliver(GROUNDWATER, said)
    kept = GroundwaterZone.objects.get()
    assert (kept.valid_from, kept.depth_from_m) == (date(2026, 1, 31), 1.5)
