"""Loading the State's lists into an empty portal, and where the demo refuses or breaks off."""

from __future__ import annotations

import pandas as pd
import pytest
from django.core.management import CommandError

from importers.demo import province
from importers.publish import Delivery, publish
from layers.ground.admin_units import ADMIN_SUCCESSIONS, NEW, OLD, AdminUnit
from layers.ground.parcels import Parcel
from layers.queries.snapshots import is_demo
from tests.database.commands import revisions, run

pytestmark = pytest.mark.django_db(databases="__all__")


def test_the_lists_of_communes_are_loaded_once() -> None:
    run("load_ground")
    assert AdminUnit.objects.filter(edition=OLD, until=None).count() == 381
    assert AdminUnit.objects.filter(edition=NEW, until=None).count() == 104
    before = revisions()
    assert "nothing to do" in run("load_ground")
    assert revisions() == before and not is_demo()


def test_the_demo_refuses_where_other_data_are_published() -> None:
    row = {"old_code": "11953", "new_code": "11953", "split_among": 1}
    publish(ADMIN_SUCCESSIONS, [pd.DataFrame([row])], Delivery("lists.csv", "0" * 64, "An"))
    with pytest.raises(CommandError, match=r"Revision 1 \(admin-successions\) is not demo data"):
        run("demo", parcels=province.SMALLEST)
    assert revisions() == 1


def test_a_demo_too_small_for_its_communes_is_refused() -> None:
    with pytest.raises(CommandError, match="at least"):
        run("demo", parcels=province.SMALLEST - 1)


def test_a_demo_that_breaks_off_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(province, "change_parcels", fail)
    with pytest.raises(KeyboardInterrupt):
        run("demo", parcels=province.SMALLEST)
    assert revisions() == 0 and not Parcel.objects.exists()
