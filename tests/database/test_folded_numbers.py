"""Numbers of sheets and parcels are compared folded: what the shortcut lets through is what the whole rule gives."""

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db(databases="__all__")

SPELLINGS = {
    "": "", "0": "0", "7": "7", "45": "45", "045": "45", "45.0": "45", " 45 ": "45", "4 5": "45", "45a": "45a",
    "TĐ03-2014": "td3-2014", "45\n": "45", "\n": "", " ": "",
}  # fmt: skip


@pytest.mark.parametrize(("written", "folded"), SPELLINGS.items())
def test_a_number_folds_the_same_with_and_without_the_shortcut(written: str, folded: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT public.portal_fold_number(%s), public.portal_fold_odd_number(%s)", (written, written))
        assert cursor.fetchone() == (folded, folded)


def test_no_number_stays_no_number() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT public.portal_fold_number(NULL)")
        assert cursor.fetchone() == (None,)
