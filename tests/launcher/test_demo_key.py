"""The demo is given a key for web push, once, so that its button is there; a portal in use is given none."""

from pathlib import Path

import pytest

from launcher import django
from launcher.database import Database
from launcher.places import Places
from launcher.postgres import tools_of


@pytest.fixture
def portal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Places, Database]:
    """A demo with tables and officers; `push_key` prints another key at each call."""
    keys = iter(("first", "second"))
    monkeypatch.delenv("PUSH_KEY", raising=False)
    for name, said in {"migrated": True, "published": True, "made_up": True, "staffed": True}.items():
        monkeypatch.setattr(django, name, lambda *asked, said=said: said)
    monkeypatch.setattr(django, "manage", lambda *asked: None)
    monkeypatch.setattr(django, "told", lambda *asked: next(keys))
    return Places(tmp_path), Database("postgis://nobody@127.0.0.1/nothing", tools_of(None))


def key_of(portal: tuple[Places, Database]) -> str:
    places, database = portal
    return django.environment(places, database.url)["PUSH_KEY"]


def test_it_is_made_once_and_kept_for_its_owner_alone(portal: tuple[Places, Database]) -> None:
    for _ in range(2):
        django.prepare_database(*portal, demo=True)
        assert key_of(portal) == "first"
    assert (portal[0].data / "push-key").stat().st_mode & 0o077 == 0


def test_what_the_operator_set_stands(portal: tuple[Places, Database], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUSH_KEY", "own")
    django.prepare_database(*portal, demo=True)
    assert (key_of(portal), (portal[0].data / "push-key").exists()) == ("own", False)


def test_a_portal_in_use_is_given_none(portal: tuple[Places, Database], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(django, "made_up", lambda database: False)
    django.prepare_database(*portal, demo=True)
    assert key_of(portal) == ""
