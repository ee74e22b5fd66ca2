"""The demo province, as the command publishes it on top of the State's lists."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from importers.ground import NOTE
from layers import catalogue
from layers.ground.admin_units import NEW, AdminUnit
from layers.ground.parcels import Parcel, ParcelSuccession
from layers.queries.snapshots import DEMO_NOTE, is_demo
from layers.report.answers import Answer
from layers.revisions import Revision
from layers.twins import ZonePiece
from tests.database.commands import revisions, run

pytestmark = pytest.mark.django_db(databases="__all__")
SIZE = 2_000


@pytest.fixture(scope="module")
def demo(one_connection: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Published once for all tests of this file, and taken back after the last."""
    with django_db_blocker.unblock(), transaction.atomic():
        run("load_ground")
        yield run("demo", parcels=SIZE)
        transaction.set_rollback(True)


def shares(line: str) -> dict[str, int]:
    return {answer: int(share) for answer, share in re.findall(r"([a-z-]+) (\d+)%", line)}


def test_the_command_tells_how_the_demo_answers(demo: str) -> None:
    """A line for every theme that has layers of zones."""
    lines = {line.split(",")[0]: shares(line) for line in demo.splitlines() if "a sample of" in line}
    assert set(lines) == {catalogue.THEMES[layer.theme].en for layer in catalogue.reported()}
    for told in lines.values():
        assert set(told) == {answer.value for answer in Answer}
        assert sum(told.values()) == pytest.approx(100, abs=2)
        assert told[Answer.AFFECTED.value] > 0
    # So small a demo is nearly filled by its zones of water, which leaves no ground that nobody assessed.
    water = lines[catalogue.THEMES["water"].en]
    assert min(water[answer.value] for answer in Answer if answer is not Answer.NOT_ASSESSED) > 0


def test_the_demo_fills_every_layer(demo: str) -> None:
    assert f"{SIZE:,} parcels is published" in demo
    empty = [layer.slug for layer in catalogue.every() if not layer.model.objects.filter(until=None).exists()]
    assert empty == []
    assert is_demo()
    assert set(Revision.objects.values_list("note", flat=True)) == {DEMO_NOTE, NOTE}
    answering = {layer.slug for layer in (*catalogue.composed(), *catalogue.reported())}
    assert set(ZonePiece.objects.values_list("layer", flat=True).distinct()) == answering


def test_as_many_parcels_stand_as_were_asked_for_but_for_splits_and_merges(demo: str) -> None:
    first, second = Revision.objects.filter(layer="parcels").order_by("number")
    assert (first.added, second.changed) == (SIZE, 0)
    assert Parcel.objects.filter(until=None).count() == SIZE + second.added - second.removed
    assert Parcel.objects.filter(until=second.number).count() == second.removed > 0


def test_a_split_parcel_has_successors_and_a_merged_one_several_parents(demo: str) -> None:
    children: dict[int, set[int]] = {}
    for step in ParcelSuccession.objects.filter(kind="split", until=None):
        children.setdefault(step.parent_id, set()).add(step.child_id)
    assert children and all(len(born) in (2, 3) for born in children.values())
    parents: dict[int, set[int]] = {}
    for step in ParcelSuccession.objects.filter(kind="merge", until=None):
        parents.setdefault(step.child_id, set()).add(step.parent_id)
    assert parents and all(len(merged) == 2 for merged in parents.values())
    standing = set(Parcel.objects.filter(until=None).values_list("feature_id", flat=True))
    assert set().union(*children.values(), parents) <= standing
    assert not standing & set().union(children, *parents.values())


def test_the_parcel_of_the_examples_is_there(demo: str) -> None:
    example = Parcel.objects.get(commune_code="12688", sheet_key="45", parcel_key="123", until=None)
    commune = AdminUnit.objects.get(edition=NEW, code="12688", until=None)
    assert commune.name == "Xã Đông Hưng" and commune.geom.covers(example.geom)


def test_a_second_run_does_nothing(demo: str) -> None:
    before = revisions()
    assert "there already" in run("demo", parcels=SIZE)
    assert revisions() == before


def test_loading_the_lists_again_keeps_the_shapes_of_communes(demo: str) -> None:
    drawn = AdminUnit.objects.filter(until=None, geom__isnull=False)
    before = drawn.count()
    assert "nothing to do" in run("load_ground")
    assert drawn.count() == before > 0


def test_the_demo_of_another_size_takes_the_place_of_the_first(demo: str) -> None:
    run("demo", parcels=SIZE + 500)
    assert Parcel.objects.filter(until=None).count() == pytest.approx(SIZE + 500, abs=20)
    assert "there already" in run("demo", parcels=SIZE + 500)
