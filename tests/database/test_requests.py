"""Every address with good and bad words: the right status, one clear sentence with a code, nothing half-written."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import OperationalError
from django.test import Client
from pytest_django import Settings

from geoportal import middleware
from geoportal.logs import JsonLines
from geoportal.problems import PROBLEMS, Problem
from launcher.serve import tell_restarts
from layers.ground.parcels import PARCELS, Parcel
from layers.queries import zones
from layers.revisions import Revision
from tests.database.province import deliver, parcel

pytestmark = pytest.mark.django_db(databases="__all__")

EVIL = (
    "' OR 1=1 --",
    "1; DROP TABLE layers_parcel; --",
    "<script>alert(1)</script>",
    "{{7*7}}",
    "../../etc/passwd",
    "%00",
    "\u202e",
)
PLACES = ("/search?q={}", "/api/search?q={}", "/identify?lon={}&lat=20", "/api/identify?lon=106&lat={}")
DATED = ("/parcels/{id}?at={}", "/parcels/{id}?on={}", "/api/parcels/{id}/report?at={}", "/map?layer={}&feature=1")


@pytest.fixture
def one() -> Parcel:
    deliver(PARCELS, parcel(123))
    return Parcel.objects.get()


def told(client: Client, address: str) -> tuple[int, str]:
    """Status and code of an answer to a program; the sentence must be there, and no inner word of ours."""
    answer = client.get(address)
    body = answer.json()
    assert body["status"] == answer.status_code
    assert body["title"] and body["advice"]
    assert not {"Traceback", "SELECT", "/work", "psycopg"} & set(json.dumps(body).split())
    return answer.status_code, str(body["code"])


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/api/nothing", 404, "page-unknown"),
        ("/api/parcels/999999/report", 404, "parcel-unknown"),
        ("/api/parcels/99999999999999999999/report", 404, "parcel-unknown"),
        ("/api/identify", 400, "point-missing"),
        ("/api/identify?lon=106.3&lat=nan", 400, "point-missing"),
        ("/api/identify?lon=inf&lat=20.4", 400, "point-missing"),
        ("/api/identify?lon=0&lat=0", 400, "point-outside"),
        ("/api/identify?lon=20.4&lat=106.3", 400, "point-outside"),
        ("/api/search", 400, "query-missing"),
        ("/api/search?q=%00%01", 400, "query-missing"),
        (f"/api/search?q={'a' * 10_000}", 400, "query-too-long"),
        ("/tiles/nothing/1-00000000/14/1/1.mvt", 404, "layer-unknown"),
    ],
)
def test_bad_words_get_one_sentence_with_a_code(
    client: Client, one: Parcel, address: str, status: int, code: str
) -> None:
    assert told(client, address) == (status, code)


@pytest.mark.parametrize(
    ("words", "status", "code"),
    [
        ("at=0", 404, "snapshot-unknown"),
        ("at=999", 404, "snapshot-unknown"),
        ("at=-1", 400, "number-wrong"),
        ("at=²", 400, "number-wrong"),
        ("at=1e3", 400, "number-wrong"),
        ("on=31/01/2026", 400, "date-wrong"),
        ("on=2026-02-30", 400, "date-wrong"),
    ],
)
def test_a_wrong_snapshot_or_day_is_named(client: Client, one: Parcel, words: str, status: int, code: str) -> None:
    assert told(client, f"/api/parcels/{one.feature_id}/report?{words}") == (status, code)


@pytest.mark.parametrize("place", PLACES + DATED)
@pytest.mark.parametrize("words", EVIL)
def test_sql_and_script_stay_plain_words(client: Client, one: Parcel, place: str, words: str) -> None:
    answer = client.get(place.format(quote(words), id=one.feature_id))
    assert answer.status_code in {200, 400, 404}
    is_page = answer["Content-Type"].startswith("text/html")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert not (is_page and "<script>alert(1)" in answer.content.decode())
    assert Parcel.objects.count() == 1


def test_a_person_gets_a_page_with_the_sentence_and_a_way_on(client: Client, one: Parcel) -> None:
    answer = client.get("/parcels/999999")
    assert answer.status_code == 404
    assert "Không có thửa đất với mã này." in answer.content.decode()
    assert "Tìm thửa theo số thửa" in answer.content.decode()


def test_a_person_is_told_in_english_too(client: Client, one: Parcel) -> None:
    body = client.get("/parcels/999999?lang=en").content.decode()
    assert "Không có thửa đất" not in body
    assert 'lang="en"' in body


def test_every_problem_has_a_status_words_and_advice() -> None:
    for code, (status, _, _) in PROBLEMS.items():
        blanks = dict.fromkeys(("limit", "number", "newest", "count", "day"), 1)
        problem = Problem(code, slug="x", name="x", reference="x", sentence="Câu.", **blanks)
        assert 400 <= status < 600, code
        assert problem.title.endswith((".", "?")) and problem.advice.endswith("."), code
        assert "{" not in problem.title + problem.advice, code


def test_without_data_it_says_so(client: Client) -> None:
    assert not Revision.objects.exists()
    answer = client.get("/api/parcels/1/report")
    assert (answer.status_code, answer.json()["code"]) == (503, "nothing-published")
    assert answer["Retry-After"]


def test_a_database_that_is_away_is_503_and_never_an_answer(
    client: Client, one: Parcel, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object, **__: object) -> None:
        raise OperationalError("canceling statement due to statement timeout at 10.0.0.5")

    monkeypatch.setattr(zones, "ground_of", away)
    answer = client.get(f"/api/parcels/{one.feature_id}/report")
    assert (answer.status_code, answer.json()["code"]) == (503, "database-away")
    assert "10.0.0.5" not in answer.content.decode()
    assert answer["Retry-After"] == "60"


def test_a_database_that_goes_away_before_the_desk_is_reached_is_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> None:
        raise OperationalError("terminating connection")

    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.load", away)
    client = Client(raise_request_exception=False)
    client.cookies["desk"] = "somebodys"
    for wanted in ("application/json", "text/html"):
        answer = client.get("/desk/", headers={"Accept": wanted})
        assert (answer.status_code, answer["Retry-After"]) == (503, "60")
        assert str(PROBLEMS["database-away"][1]) in answer.content.decode()


def test_what_nobody_foresaw_is_500_with_a_reference_only(
    client: Client, one: Parcel, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(zones, "ground_of", broken)
    answer = client.get(f"/api/parcels/{one.feature_id}/report")
    assert (answer.status_code, answer.json()["code"]) == (500, "broken")
    assert "secret" not in answer.content.decode()


def test_addresses_are_only_read(client: Client, one: Parcel) -> None:
    for address in (f"/api/parcels/{one.feature_id}/report", f"/parcels/{one.feature_id}", "/health"):
        assert client.post(address).status_code == 405


class TestHealth:
    def test_it_is_well_only_with_data(self, client: Client) -> None:
        empty = client.get("/health")
        assert empty.status_code == 503
        told = {"database": True, "srids": True, "published": False, "snapshot": None}
        assert {name: empty.json()[name] for name in told} == told
        deliver(PARCELS, parcel(1))
        assert client.get("/health").status_code == 200

    def test_it_tells_of_the_workers_and_how_often_one_had_to_be_started_again(
        self, client: Client, one: Parcel, settings: Settings, tmp_path: Path
    ) -> None:
        settings.DATA_DIR = tmp_path
        assert client.get("/health").json()["worker"] == {"alive": 0}
        tell_restarts(tmp_path, 3, -9)
        answer = client.get("/health")
        told = answer.json()["worker"]
        assert (answer.status_code, told["alive"], told["restarts"], told["last_code"]) == (200, 0, 3, -9)

    @pytest.mark.parametrize("permitted", [True, False])
    def test_it_tells_whether_files_are_read_without_a_network(
        self, client: Client, one: Parcel, settings: Settings, monkeypatch: pytest.MonkeyPatch, permitted: bool
    ) -> None:
        monkeypatch.setattr("geoportal.views.health.is_network_cut_off", lambda: permitted)
        settings.REQUIRE_NAMESPACE = True
        assert client.get("/health").json()["reading"] == {"network_cut_off": permitted, "required": True}

    def test_it_is_ill_without_the_provincial_system(
        self, client: Client, one: Parcel, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("layers.queries.health.srids_are_known", lambda: False)
        assert client.get("/health").status_code == 503

    def test_the_bare_one_asks_nothing(self, client: Client, django_assert_num_queries: object) -> None:
        with django_assert_num_queries(0):  # type: ignore[operator]
            assert client.get("/health/live").json() == {"live": True}


class TestLimits:
    @pytest.fixture
    def limited(self, settings: object) -> Iterator[Client]:
        settings.RATE_PAGES = 3  # type: ignore[attr-defined]
        yield Client(REMOTE_ADDR="192.0.2.1")

    def test_who_asks_too_fast_is_told_when_to_come_back(self, limited: Client, one: Parcel) -> None:
        answers = [limited.get("/api/search?q=45/123") for _ in range(5)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
        assert 1 <= int(answers[-1]["Retry-After"]) <= 60
        assert answers[-1].json()["code"] == "too-many-requests"

    def test_another_client_is_not_held_up(self, limited: Client, one: Parcel) -> None:
        for _ in range(5):
            limited.get("/api/search?q=45/123")
        limited.defaults["REMOTE_ADDR"] = "192.0.2.2"
        assert limited.get("/api/search?q=45/123").status_code == 200

    def test_health_and_tiles_have_their_own_count(self, limited: Client, one: Parcel) -> None:
        for _ in range(5):
            limited.get("/api/search?q=45/123")
        assert limited.get("/health").status_code == 200
        assert limited.get("/tiles/nothing/1-00000000/14/1/1.mvt").status_code == 404

    def test_a_bucket_fills_again(self, monkeypatch: pytest.MonkeyPatch) -> None:
        now = [1000.0]
        monkeypatch.setattr(middleware.time, "monotonic", lambda: now[0])
        buckets = middleware.Buckets()
        assert [buckets.wait("a", "pages", 2) for _ in range(3)] == [0.0, 0.0, 30.0]
        now[0] += 30
        assert buckets.wait("a", "pages", 2) == 0.0

    def test_full_buckets_are_forgotten(self, monkeypatch: pytest.MonkeyPatch) -> None:
        now = [1000.0]
        monkeypatch.setattr(middleware.time, "monotonic", lambda: now[0])
        buckets = middleware.Buckets(most=2)
        for client in ("a", "b"):
            buckets.wait(client, "pages", 10)
        now[0] += 61
        buckets.wait("c", "pages", 10)
        assert set(buckets.tokens) == {("c", "pages")}


def test_every_page_says_what_a_browser_may_load(client: Client, one: Parcel) -> None:
    for address in ("/", "/about", "/map", "/search?q=45/123", f"/parcels/{one.feature_id}", "/nothing"):
        policy = client.get(address)["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        assert "http" not in policy


def test_the_language_is_vietnamese_unless_asked_otherwise(client: Client, one: Parcel) -> None:
    assert client.get("/", headers={"accept-language": "en"})["Content-Language"] == "vi"
    assert client.get("/?lang=en")["Content-Language"] == "en"
    assert client.get("/about")["Content-Language"] == "en"
    assert client.get("/?lang=xx")["Content-Language"] == "en"


def test_logs_hold_neither_query_nor_client(client: Client, one: Parcel) -> None:
    lines = io.StringIO()
    handler = logging.StreamHandler(lines)
    handler.setFormatter(JsonLines())
    logging.getLogger().addHandler(handler)
    try:
        client.get("/api/search?q=Nguyen+Van+A", REMOTE_ADDR="192.0.2.77")
        client.get("/parcels/999999?x=Nguyen", REMOTE_ADDR="192.0.2.77")
        client.get("/nothing?q=Nguyen", REMOTE_ADDR="192.0.2.77")
    finally:
        logging.getLogger().removeHandler(handler)
    written = lines.getvalue()
    assert "status 404" in written
    assert all(json.loads(line)["level"] for line in written.splitlines())
    assert "Nguyen" not in written and "192.0.2.77" not in written
