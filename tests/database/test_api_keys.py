"""Keys of programs: shown once, kept as a hash, with a limit of their own."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from exports.api_keys import stored
from exports.api_keys.stored import ApiKey

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    stored._remembered.clear()
    yield
    stored._remembered.clear()


@pytest.fixture(autouse=True)
def few_a_minute(settings: pytest.FixtureRequest) -> None:
    settings.RATE_PAGES = 3  # type: ignore[attr-defined]


def add(name: str, a_minute: int) -> str:
    told = io.StringIO()
    call_command("api_key", "add", name, f"--a-minute={a_minute}", stdout=told)
    return told.getvalue().split("\n")[0]


def ask(client: Client, times: int, key: str = "") -> list[int]:
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    return [client.get("/api/openapi.json", headers=headers).status_code for _ in range(times)]


def test_a_key_allows_what_a_stranger_may_not() -> None:
    client, key = Client(), add("Sở Xây dựng", 8)
    assert ask(client, 5) == [200, 200, 200, 429, 429]
    assert ask(client, 9, key) == [200] * 8 + [429]


def test_what_is_too_much_says_when_to_come_back() -> None:
    client = Client()
    ask(client, 3)
    answer = client.get("/api/openapi.json")
    assert (answer.status_code, answer.json()["code"]) == (429, "too-many-requests")
    assert int(answer["Retry-After"]) > 0


def test_only_the_hash_is_kept() -> None:
    key = add("Công ty A", 10)
    kept = ApiKey.objects.get(name="Công ty A")
    assert key.startswith("gp_")
    assert key not in {str(value) for value in vars(kept).values()}


def test_an_unknown_or_ended_key_is_answered_with_401_and_counted() -> None:
    key = add("Công ty B", 10)
    call_command("api_key", "end", "Công ty B", stdout=io.StringIO())
    client = Client()
    assert ask(client, 1, key) == [401]
    assert ask(client, 4, "gp_guess") == [401, 401, 429, 429]


def test_a_name_is_used_once_and_what_does_not_exist_cannot_end() -> None:
    add("Công ty C", 10)
    for words in (("add", "Công ty C"), ("end", "Không có"), ("add", "")):
        with pytest.raises(CommandError):
            call_command("api_key", *words)
