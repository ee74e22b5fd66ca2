"""The same shape comes back from other software a little different; that is no change."""

from __future__ import annotations

import numpy
import pytest
import shapely
from shapely import affinity
from shapely.geometry.base import BaseGeometry

from layers.ground.parcels import PARCELS
from layers.revisions import Revision
from tests.database.province import FIELD, deliver, line, parcel, point, zone

pytestmark = pytest.mark.django_db(databases="__all__")

GROUNDWATER = "groundwater-zones"


class TestReExport:
    def again(self, shape: BaseGeometry) -> Revision | None:
        deliver(PARCELS, parcel(1))
        return deliver(PARCELS, parcel(1, shape))

    def test_with_another_first_vertex(self) -> None:
        places = shapely.get_coordinates(FIELD)[:-1]
        assert self.again(shapely.Polygon(numpy.roll(places, 2, axis=0))) is None

    def test_the_other_way_round(self) -> None:
        assert self.again(FIELD.reverse()) is None

    def test_as_one_part_of_many(self) -> None:
        assert self.again(shapely.MultiPolygon([FIELD])) is None

    def test_with_heights(self) -> None:
        assert self.again(shapely.force_3d(FIELD, 2.5)) is None

    @pytest.mark.parametrize(("metres", "changes"), [(0.0003, False), (0.005, True), (1.0, True)])
    def test_moved(self, metres: float, changes: bool) -> None:
        assert (self.again(affinity.translate(FIELD, metres, 0)) is not None) == changes

    @pytest.mark.parametrize(("metres", "changes"), [(0.0003, False), (0.005, True)])
    def test_with_every_vertex_a_little_off(self, metres: float, changes: bool) -> None:
        noise = numpy.random.default_rng(3).choice([-metres, metres], (5, 2))
        noise[-1] = noise[0]
        assert (self.again(shapely.Polygon(shapely.get_coordinates(FIELD) + noise)) is not None) == changes

    @pytest.mark.parametrize(("metres", "changes"), [(0.0003, False), (0.005, True)])
    def test_with_twenty_thousand_vertices_a_little_off(self, metres: float, changes: bool) -> None:
        disc = point(0, 0).buffer(3000, quad_segs=5000)
        deliver(GROUNDWATER, zone(GROUNDWATER, "a", disc))
        places = shapely.get_coordinates(disc)
        places[7] += metres
        again = deliver(GROUNDWATER, zone(GROUNDWATER, "a", shapely.Polygon(numpy.roll(places[:-1], 5, axis=0))))
        assert (again is not None) == changes

    def test_a_line_the_other_way_is_the_same_line(self) -> None:
        bank = line((0, 0), (50, 10), (100, 0))
        deliver("source-corridors", zone("source-corridors", "bank", bank))
        assert deliver("source-corridors", zone("source-corridors", "bank", bank.reverse())) is None

    def test_a_moved_point_is_a_change(self) -> None:
        deliver("licensed-wells", zone("licensed-wells", "well", point(0, 0)))
        assert deliver("licensed-wells", zone("licensed-wells", "well", point(0.0003, 0))) is None
        assert deliver("licensed-wells", zone("licensed-wells", "well", point(0.005, 0))) is not None

    def test_a_changed_attribute_is_a_change_whatever_the_shape(self) -> None:
        deliver(PARCELS, parcel(1))
        revision = deliver(PARCELS, parcel(1, FIELD.reverse(), map_scale=500))
        assert revision is not None
        assert (revision.added, revision.changed, revision.removed) == (0, 1, 0)
