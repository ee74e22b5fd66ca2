"""Two web processes that are asked for the same sheet at the same moment: both print, one sheet is issued."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12
from django.db import connections

from exports.models import Sheet
from exports.sheets import issuing
from exports.sheets.issuing import Wanted, issued
from exports.sheets.keys import demonstration_key
from exports.sheets.press import Printed
from exports.sheets.subjects import PARCEL
from layers.queries.snapshots import newest
from tests.database.province import DAY, publish_ground, standing

pytestmark = pytest.mark.django_db(databases="__all__", transaction=True)
PROCESSES, PATIENCE_S = 2, 120


class Presses:
    """A press for each process; none gives out what it printed before every one has printed."""

    def __init__(self) -> None:
        self.all_printed = Barrier(PROCESSES, timeout=PATIENCE_S)
        _, certificate, _ = pkcs12.load_key_and_certificates(demonstration_key(), None)
        self.certificate = certificate.public_bytes(Encoding.DER) if certificate else b""

    @contextmanager
    def turn(self) -> Iterator[Callable[..., Printed]]:
        yield self.print

    def print(self, **words: object) -> Printed:
        place = self.all_printed.wait()
        return Printed(f"%PDF of process {place}".encode(), self.certificate, True, False)


def test_two_processes_at_once_issue_one_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    publish_ground()
    monkeypatch.setattr(issuing, "press", Presses())
    wanted = Wanted(PARCEL, {"parcel": standing().feature_id}, newest() or 0, DAY, "vi", "http://127.0.0.1")

    def ask() -> Sheet | None:
        try:
            return issued(wanted)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(PROCESSES) as processes:
        asked = [processes.submit(ask) for _ in range(PROCESSES)]
        handed_out = [one.result(PATIENCE_S) for one in asked]
    [kept] = Sheet.objects.all()
    assert [(one.code, one.bytes_of_pdf) for one in handed_out if one] == [(kept.code, kept.bytes_of_pdf)] * PROCESSES
