"""Following a parcel: the feed, double opt-in, telling old and new, and an end by one POST."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from contact import following, watching
from contact.models import Change, Follow, Watched
from layers import catalogue
from layers.ground.parcels import PARCEL_SUCCESSIONS, PARCELS
from tests.database.province import EVERYWHERE, FIELD, box, deliver, parcel, standing, survey, zone
from tests.database.reported import PLANTED, everything_stored

pytestmark = pytest.mark.django_db(databases="__all__")

ZONES = "groundwater-zones"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def ground(settings: Any) -> None:
    settings.PUBLIC_ADDRESS = "https://portal.example"
    deliver(PARCELS, parcel(123))
    deliver("coverage", *(survey(layer.slug) for layer in catalogue.reported()))
    deliver(ZONES, zone(ZONES, "far", box(4000, 4000, 4010, 4010)))


@pytest.fixture
def address() -> str:
    return f"/follow/new/parcel/{standing(123).feature_id}"


def by_feed(client: Client, address: str) -> Follow:
    answer = client.post(address, {"channel": "feed"})
    assert answer.status_code == 302
    return Follow.objects.get(token=answer["Location"].rpartition("/")[2])


def by_email(client: Client, address: str, whom: str = PLANTED) -> Follow:
    """A follow that is confirmed, with an empty outbox."""
    client.post(address, {"channel": "email", "address": whom})
    follow = Follow.objects.latest("id")
    client.post(f"/follow/{follow.token}/confirm")
    mail.outbox.clear()
    return follow


def a_zone_comes(name: str = "near", **said: object) -> None:
    deliver(ZONES, zone(ZONES, name, FIELD, **said))


def entries(client: Client, follow: Follow) -> list[ElementTree.Element]:
    answer = client.get(f"/follow/{follow.token}/feed.atom")
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(answer.content).findall(f"{ATOM}entry")  # noqa: S314 (our own)


def test_a_feed_needs_no_address_and_tells_old_and_new(client: Client, address: str) -> None:
    follow = by_feed(client, address)
    assert (follow.sealed_address, follow.mark) == ("", "")
    assert len(entries(client, follow)) == 1
    a_zone_comes()
    assert watching.check_all() == 1
    newest, began = entries(client, follow)
    words = newest.findtext(f"{ATOM}summary") or ""
    assert "Trước:" in words and "Nay:" in words
    assert "Vùng near: Có ảnh hưởng, 5.000,0" in words
    assert "Quyết định số" not in words, "its attributes stand on the page"
    assert newest.find(f"{ATOM}link").get("href") == f"https://portal.example/parcels/{standing(123).feature_id}"  # type: ignore[union-attr]
    assert newest.findtext(f"{ATOM}id") != began.findtext(f"{ATOM}id")


def test_a_feed_is_private_and_stands_still_when_nothing_changes(client: Client, address: str) -> None:
    follow = by_feed(client, address)
    first, again = (client.get(f"/follow/{follow.token}/feed.atom") for _ in range(2))
    assert first.content == again.content
    assert "private" in first["Cache-Control"]
    assert first["X-Robots-Tag"] == "noindex" and first["Referrer-Policy"] == "no-referrer"
    assert len(follow.token) >= 32


def test_the_same_answer_of_another_day_or_snapshot_is_no_change(client: Client, address: str) -> None:
    by_feed(client, address)
    deliver(ZONES, zone(ZONES, "farther", box(4500, 4500, 4510, 4510)))
    assert watching.check_all() == 0
    assert watching.check_all(timezone.localdate() + timedelta(days=400)) == 0
    assert Watched.objects.get().day == timezone.localdate() + timedelta(days=400)
    assert not Change.objects.exists()


def test_an_expiry_is_a_change_although_nothing_was_published(client: Client, address: str) -> None:
    today = timezone.localdate()
    a_zone_comes(valid_until=today)
    follow = by_feed(client, address)
    assert watching.check_all(today) == 0
    assert watching.check_all(today + timedelta(days=1)) == 1
    words = following.changes_for(follow)[0].words["vi"]
    assert re.search(r"Trước:.*Vùng near: Có ảnh hưởng", words)
    assert "Vùng near" not in words.partition("Nay:")[2]


def test_a_change_is_told_in_both_languages(client: Client, address: str) -> None:
    follow = by_feed(client, address)
    a_zone_comes()
    watching.check_all()
    words = following.changes_for(follow)[0].words
    assert "Có ảnh hưởng, 5.000,0" in words["vi"]
    assert "Affected, 5,000.0" in words["en"] and "Trước" not in words["en"]


def test_a_parcel_that_was_split_is_told_once_with_its_successors(client: Client, address: str) -> None:
    follow = by_feed(client, address)
    parent = standing(123).feature_id
    deliver(PARCELS, parcel(201, box(0, 0, 50, 50)), parcel(202, box(50, 0, 100, 50)))
    said = {"kind": "split", "parent_id": parent}
    deliver(PARCEL_SUCCESSIONS, *({**said, "child_id": standing(n).feature_id} for n in (201, 202)))
    assert (watching.check_all(), watching.check_all()) == (1, 0)
    [change] = following.changes_for(follow)
    assert "Không còn như trước" in change.words["vi"]
    assert f"/parcels/{standing(201).feature_id}" in change.words["en"]


def test_one_answer_that_fails_does_not_hold_up_the_others(
    client: Client, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver(PARCELS, parcel(7, box(200, 0, 300, 50), sheet_no="46"))
    for number in (123, 7):
        by_feed(client, f"/follow/new/parcel/{standing(number).feature_id}")
    deliver(ZONES, zone(ZONES, "both", EVERYWHERE))
    kind, asked = watching.KINDS["parcel"], str(standing(123).feature_id)

    def failing(reference: str, *rest: Any) -> Any:
        if reference == asked:
            raise RuntimeError("broken")
        return kind.twin(reference, *rest)

    monkeypatch.setitem(watching.KINDS, "parcel", type(kind)(**{**vars(kind), "twin": failing}))
    assert watching.check_all() == 1


class TestByEmail:
    def test_nothing_is_told_before_the_address_has_confirmed(self, client: Client, address: str) -> None:
        answer = client.post(address, {"channel": "email", "address": PLANTED})
        assert answer["Location"] == f"{address}?sent=1"
        [letter] = mail.outbox
        follow = Follow.objects.get()
        assert letter.to == [PLANTED]
        assert f"https://portal.example/follow/{follow.token}" in letter.body
        a_zone_comes()
        watching.check_all()
        assert following.tell_all() == 0
        client.get(f"/follow/{follow.token}")
        assert following.tell_all() == 0, "a program that looks at every link confirms nothing"
        client.post(f"/follow/{follow.token}/confirm")
        assert following.tell_all() == 1

    def test_a_change_is_told_once_with_old_and_new_and_the_way_out(self, client: Client, address: str) -> None:
        follow = by_email(client, address)
        a_zone_comes()
        watching.check_all()
        assert (following.tell_all(), following.tell_all()) == (1, 0)
        [letter] = mail.outbox
        assert "Trước:" in letter.body and "Nay:" in letter.body and "Vùng near" in letter.body
        assert letter.extra_headers["List-Unsubscribe"] == f"<https://portal.example/follow/{follow.token}/end>"
        assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert PLANTED not in letter.body

    def test_in_english_to_who_asked_in_english(self, client: Client, address: str) -> None:
        by_email(client, f"{address}?lang=en")
        a_zone_comes()
        watching.check_all()
        following.tell_all()
        assert "The answer has changed: Parcel 123" in mail.outbox[0].subject
        assert "Before:" in mail.outbox[0].body and "Trước" not in mail.outbox[0].body

    def test_what_the_mail_server_did_not_take_is_told_the_next_time(
        self, client: Client, address: str, monkeypatch: pytest.MonkeyPatch, caplog: Any
    ) -> None:
        by_email(client, address)
        a_zone_comes()
        watching.check_all()
        with monkeypatch.context() as broken:
            broken.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", lambda *_: 1 / 0)
            assert following.tell_all() == 0
        assert PLANTED not in caplog.text
        assert following.tell_all() == 1

    def test_one_post_ends_it_without_a_page_before(self, client: Client, address: str) -> None:
        follow = by_email(client, address)
        outside = Client(enforce_csrf_checks=True)
        assert outside.get(f"/follow/{follow.token}/end").status_code == 302
        assert Follow.objects.exists(), "who only looks ends nothing"
        answer = outside.post(f"/follow/{follow.token}/end", {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
        assert not Follow.objects.exists() and not Watched.objects.exists()
        assert client.get(f"/follow/{follow.token}").status_code == 404
        assert outside.post(f"/follow/{follow.token}/end").status_code == 404

    def test_who_still_follows_keeps_the_answer(self, client: Client, address: str) -> None:
        first, second = by_email(client, address), by_feed(client, address)
        client.post(f"/follow/{first.token}/end")
        assert Follow.objects.get() == second

    @pytest.mark.parametrize("typed", ["", "an", "an@", "0912345678", "a@b.vn\nBcc: c@d.vn"])
    def test_what_is_no_address_is_one_sentence_in_place(self, client: Client, address: str, typed: str) -> None:
        answer = client.post(address, {"channel": "email", "address": typed})
        assert answer.status_code == 422
        assert "chưa phải là một địa chỉ nhận tin được" in answer.content.decode()
        assert not Follow.objects.exists() and not mail.outbox

    def test_a_stranger_cannot_be_flooded(self, client: Client, address: str) -> None:
        answers = [client.post(address, {"channel": "email", "address": PLANTED}) for _ in range(6)]
        assert {answer["Location"] for answer in answers} == {f"{address}?sent=1"}
        assert len(mail.outbox) == following.MOST_ASKED_A_DAY

    def test_who_follows_already_gets_no_second_letter(self, client: Client, address: str) -> None:
        by_email(client, address)
        client.post(address, {"channel": "email", "address": PLANTED.upper()})
        assert not mail.outbox

    def test_who_never_confirms_is_forgotten(self, client: Client, address: str) -> None:
        client.post(address, {"channel": "email", "address": PLANTED})
        assert following.tidy() == 0
        Follow.objects.update(asked_at=timezone.now() - timedelta(days=following.CONFIRM_DAYS, seconds=1))
        assert following.tidy() > 0
        assert not Follow.objects.exists() and not Watched.objects.exists()

    def test_a_planted_address_is_nowhere_but_under_seal(self, client: Client, address: str, capfd: Any) -> None:
        follow = by_email(client, address)
        a_zone_comes()
        watching.check_all()
        following.tell_all()
        name = PLANTED.split("@")[0]
        stored = everything_stored()
        assert follow.token in stored and name not in stored
        feed = by_feed(client, address)
        pages = (address, f"/follow/{follow.token}", f"/follow/{feed.token}", f"/follow/{feed.token}/feed.atom")
        assert not [page for page in pages if name in client.get(page).content.decode()]
        printed = capfd.readouterr()
        assert name not in printed.out + printed.err
        client.post(f"/follow/{follow.token}/end")
        assert follow.sealed_address not in everything_stored()


class TestThePages:
    def test_the_parcel_leads_to_it(self, client: Client, address: str) -> None:
        assert address in client.get(f"/parcels/{standing(123).feature_id}").content.decode()
        assert re.findall(r'name="(channel|address)"', client.get(address).content.decode()) == [
            *("channel", "channel", "address")
        ]

    @pytest.mark.parametrize(
        "address", ["/follow/new/parcel/999", "/follow/new/parcel/x", "/follow/new/parcel/²", "/follow/new/planet/1"]
    )
    def test_what_is_not_there_cannot_be_followed(self, client: Client, address: str) -> None:
        assert client.get(address).status_code == 404
        assert client.post(address, {"channel": "feed"}).status_code == 404

    @pytest.mark.parametrize("page", ["", "/feed.atom", "/end"])
    def test_an_unknown_token_is_told_in_a_sentence(self, client: Client, page: str) -> None:
        answer = client.post(f"/follow/nothing{page}") if page == "/end" else client.get(f"/follow/nothing{page}")
        assert answer.status_code == 404
        assert "Không có theo dõi nào ở địa chỉ này" in answer.content.decode()

    def test_the_private_page_shows_what_changed(self, client: Client, address: str) -> None:
        follow = by_feed(client, address)
        a_zone_comes()
        watching.check_all()
        answer = client.get(f"/follow/{follow.token}")
        assert "Vùng near" in answer.content.decode()
        assert answer["Referrer-Policy"] == "no-referrer" and "no-store" in answer["Cache-Control"]

    def test_an_email_follow_has_no_feed(self, client: Client, address: str) -> None:
        assert client.get(f"/follow/{by_email(client, address).token}/feed.atom").status_code == 404

    @pytest.mark.parametrize("said", [{}, {"channel": "pigeon"}, {"channel": "webhook", "address": "0912345678"}])
    def test_a_way_that_is_not_offered_is_a_sentence(self, client: Client, address: str, said: dict[str, str]) -> None:
        answer = client.post(address, said)
        assert (answer.status_code, "Hãy chọn một cách nhận tin." in answer.content.decode()) == (422, True)

    def test_a_program_that_fills_every_field_is_told_apart(self, client: Client, address: str) -> None:
        answer = client.post(address, {"channel": "email", "address": PLANTED, "website": "x"})
        assert answer.status_code == 422 and not Follow.objects.exists()

    def test_a_form_from_another_site_is_refused(self, address: str) -> None:
        answer = Client(enforce_csrf_checks=True).post(address, {"channel": "feed"})
        assert answer.status_code == 403 and not Follow.objects.exists()
