"""What is dumped comes back whole; a bad file loses nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from launcher.console import Stop
from launcher.database import Database
from launcher.postgres import tools_of
from tests.addresses import address_of
from tests.templates import copy, migrated

COUNT_ROWS = """
SELECT coalesce(string_agg(format('%s=%s', relname, (xpath('/row/n/text()', query_to_xml(
         format('SELECT count(*) AS n FROM %I.%I', nspname, relname), false, true, '')))[1]), ' ' ORDER BY relname), '')
FROM pg_class JOIN pg_namespace ON relnamespace = pg_namespace.oid WHERE nspname = 'public' AND relkind = 'r'
"""
DEGREES = "SELECT ST_AsText(ST_Transform(ST_SetSRID(ST_MakePoint(500000, 2270000), 9209), 4326), 6)"
FOLDED = "SELECT portal_fold('Đông Hưng')"


@pytest.fixture
def filled(worker_id: str) -> Iterator[Database]:
    """A database of this release's tables with a revision in it."""
    name = f"test_dump_{worker_id}"
    database = Database(address_of(name), tools_of(None))
    database.drop(name)
    copy(migrated(), name)
    database.ask(
        "INSERT INTO layers_revision (number, layer, published_at, publisher, approver, delivery_name,"
        " delivery_sha256, note, added, changed, removed, digest, stands)"
        " VALUES (1, 'parcels', now(), 'a', 'b', '', '', '', 1, 0, 0, 'x', true)"
    )
    yield database
    for leftover in (name, f"{name}_before_restore"):
        database.drop(leftover)


def test_a_restored_database_is_the_one_that_was_dumped(filled: Database, tmp_path: Path) -> None:
    questions = (COUNT_ROWS, DEGREES, FOLDED)
    asked = [filled.ask(question) for question in questions]
    assert "layers_revision=1" in asked[0] and asked[1].startswith("POINT(105.")
    filled.dump(tmp_path / "portal.dump")
    filled.ask("DELETE FROM layers_revision")
    before = filled.restore(tmp_path / "portal.dump")
    assert [filled.ask(question) for question in questions] == asked
    assert filled.ask("SELECT count(*) FROM layers_revision", before) == "0"


@pytest.mark.parametrize("content", [b"", b"not a dump at all", None])
def test_a_bad_file_leaves_the_database_as_it_was(filled: Database, tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "bad.dump"
    if content is None:
        filled.dump(file)
        content = file.read_bytes()[:-2000]
    file.write_bytes(content)
    with pytest.raises(Stop, match="could not be read"):
        filled.restore(file)
    assert filled.ask("SELECT count(*) FROM layers_revision") == "1"
    assert filled.ask(f"SELECT count(*) FROM pg_database WHERE datname = '{filled.name}_restoring'") == "0"


def test_a_dump_that_breaks_off_leaves_no_file(filled: Database, tmp_path: Path) -> None:
    gone = Database(filled.url.replace(filled.name, "no_such_database"), filled.tools)
    with pytest.raises(Stop, match="The dump failed"):
        gone.dump(tmp_path / "portal.dump")
    assert list(tmp_path.iterdir()) == []
