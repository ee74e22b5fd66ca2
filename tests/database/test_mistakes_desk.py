"""The desk's side of reported mistakes; and nothing private where it could be found."""

from __future__ import annotations

import io
import logging
from datetime import timedelta
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from contact import mistakes, sealing
from contact.mistakes import State, Told
from contact.models import Mistake
from geoportal.logs import JsonLines
from layers.ground.parcels import PARCELS
from tests.database.province import deliver, parcel, standing
from tests.database.reported import PLANTED, everything_stored, photo, send

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture(autouse=True)
def ground() -> None:
    deliver(PARCELS, parcel(123))


@pytest.fixture
def address() -> str:
    return f"/mistakes/new?layer=parcels&feature={standing(123).feature_id}"


class TestTheDesk:
    @pytest.fixture
    def number(self) -> int:
        mistakes.receive(Told("Sai tên đường", contact=PLANTED, photo=b"\xff\xd8\xff"))
        return mistakes.queue()[0].number

    def test_closing_wipes_contact_and_photo_and_keeps_the_answer(self, number: int) -> None:
        mistakes.answer(number, "An", "Đã sửa.")
        mistakes.close(number, "An")
        row = Mistake.objects.get(id=number)
        assert (row.sealed_contact, row.sealed_photo) == ("", None)
        case = mistakes.case(number)
        assert (case.contact, case.has_photo, mistakes.photo(number)) == ("", False, None)
        assert (case.status.answer, case.text, case.officer) == ("Đã sửa.", "Sai tên đường", "An")
        assert mistakes.queue() == []
        assert mistakes.queue([State.CLOSED]) == [case]

    def test_nothing_is_added_to_a_closed_case(self, number: int) -> None:
        mistakes.close(number, "An")
        for step in (mistakes.look_at, mistakes.close, lambda n, o: mistakes.answer(n, o, "x")):
            with pytest.raises(mistakes.Closed):
                step(number, "Bình")

    def test_a_case_that_is_not_there_is_a_key_error(self) -> None:
        for step in (mistakes.case, mistakes.photo, lambda n: mistakes.close(n, "An")):
            with pytest.raises(KeyError):
                step(0)

    def test_the_oldest_waits_first(self, number: int) -> None:
        mistakes.receive(Told("Sau"))
        assert [case.text for case in mistakes.queue()] == ["Sai tên đường", "Sau"]

    def test_who_left_an_email_address_gets_the_answer(
        self, number: int, django_capture_on_commit_callbacks: Any, settings: Any
    ) -> None:
        settings.PUBLIC_ADDRESS = "https://portal.example"
        with django_capture_on_commit_callbacks(execute=True):
            mistakes.answer(number, "An", "Đã sửa “đường 39”.")
        [letter] = mail.outbox
        assert letter.to == [PLANTED]
        assert "Đã sửa “đường 39”." in letter.body
        assert f"https://portal.example/mistakes/{mistakes.case(number).status.code}" in letter.body
        assert letter.extra_headers["Auto-Submitted"] == "auto-generated"

    def test_a_mail_server_that_is_away_holds_nothing_up_and_logs_no_address(
        self, number: int, django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch, caplog: Any
    ) -> None:
        def away(*_: object) -> None:
            raise OSError(f"cannot reach the server for {PLANTED}")

        monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", away)
        with django_capture_on_commit_callbacks(execute=True):
            mistakes.answer(number, "An", "Đã sửa.")
        assert mistakes.case(number).status.state == State.ANSWERED
        assert "a letter was not sent: OSError" in caplog.text
        assert PLANTED not in caplog.text

    def test_a_telephone_number_gets_no_letter(self, django_capture_on_commit_callbacks: Any) -> None:
        mistakes.receive(Told("Sai", contact="0912345678"))
        with django_capture_on_commit_callbacks(execute=True):
            mistakes.answer(mistakes.queue()[0].number, "An", "Đã sửa.")
        assert mail.outbox == []

    def test_what_was_answered_long_ago_is_closed_and_then_deleted(self, number: int) -> None:
        mistakes.answer(number, "An", "Đã sửa.")
        now = timezone.now()
        assert mistakes.tidy(now + timedelta(days=29)) == 0
        assert mistakes.tidy(now + timedelta(days=31)) == 1
        assert Mistake.objects.get(id=number).sealed_contact == ""
        assert mistakes.tidy(now + timedelta(days=729)) == 0
        assert mistakes.tidy(now + timedelta(days=732)) == 1
        assert not Mistake.objects.exists()

    def test_the_keys_are_changed_without_losing_a_word(self, number: int, settings: Any) -> None:
        settings.CONTACT_KEYS = [Fernet.generate_key().decode()]
        said = io.StringIO()
        call_command("reseal", stdout=said)
        assert said.getvalue() == "Sealed again: 3. No key opens: 0.\n"
        settings.SECRET_KEY = "another"
        case = mistakes.case(number)
        assert (case.text, case.contact, mistakes.photo(number)) == ("Sai tên đường", PLANTED, b"\xff\xd8\xff")

    def test_a_case_whose_key_is_gone_is_still_told(self, number: int, settings: Any) -> None:
        settings.SECRET_KEY = "another"
        assert (mistakes.case(number).text, mistakes.case(number).contact) == (None, "")
        with pytest.raises(sealing.Unsealable):
            mistakes.photo(number)


def test_a_planted_address_is_nowhere_but_under_seal(client: Client, address: str, capfd: Any) -> None:
    """In the contact, the words and the photo; through every page, letter and step. Not in a table, a log, a tile, a
    download or on the console."""
    lines = io.StringIO()
    handler = logging.StreamHandler(lines)
    handler.setFormatter(JsonLines())
    logging.getLogger().addHandler(handler)
    feature_id = standing(123).feature_id
    try:
        text = f"Gọi tôi qua {PLANTED}"
        client.post(address, {"text": text, "contact": PLANTED, "place": PLANTED})
        code = send(client, address, text=text, contact=PLANTED, photo=photo(said=PLANTED.encode()))
        number = mistakes.queue()[0].number
        mistakes.look_at(number, "An")
        stored = everything_stored()
        pages = [
            f"/parcels/{feature_id}",
            f"/api/parcels/{feature_id}/report",
            f"/mistakes/{code}",
            "/api/layers",
            "/map",
        ]
        public = [client.get(page) for page in (*pages, "/mistakes/", address, "/api/search?q=123")]
        mistakes.close(number, "An")
    finally:
        logging.getLogger().removeHandler(handler)
    name = PLANTED.split("@")[0]
    assert code.replace("-", "") in stored, "the tables were looked at"
    assert name not in stored
    assert not [answer.request["PATH_INFO"] for answer in public if name in answer.content.decode()]
    printed = capfd.readouterr()
    assert name not in lines.getvalue() + printed.out + printed.err
    assert name not in everything_stored()


def test_the_console_shows_a_letter_without_its_address(settings: Any) -> None:
    from contact.mail import EmailBackend

    shown = io.StringIO()
    letter = mail.EmailMessage("Tiêu đề", "Nội dung", to=[PLANTED])
    EmailBackend(stream=shown).send_messages([letter])
    assert "Tiêu đề" in shown.getvalue() and "Nội dung" in shown.getvalue()
    assert PLANTED not in shown.getvalue()
