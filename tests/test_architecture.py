"""The promises of the house, each a test of a few lines: who imports whom, where SQL stands, what no file may hold.

Each test names every file that breaks its promise.
"""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MAY_IMPORT = {
    "layers": {"layers"},
    "importers": {"importers", "layers"},
    "exports": {"exports", "layers"},
    "contact": {"contact", "layers"},
    "geoportal": {"geoportal", "layers", "exports", "importers", "contact"},
    "desk": {"desk", "geoportal", "layers", "exports", "importers", "contact"},
}
FRAMES = {"geopandas", "folium", "shapely", "pyogrio", "pyproj", "pandas"}
# The reader asks a delivered GeoPackage, which is a database of its own; ours it does not know.
SQL_HOMES = ("layers/queries/", "layers/migrations/", "importers/publish/", "importers/reader/")
WRITERS = ("importers/publish/", "layers/migrations/")
LONGEST_FILE = 300


@cache
def tracked() -> list[str]:
    """Files of the repository, also those not yet committed, without what is ignored."""
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    found = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return sorted({name for name in found if (ROOT / name).is_file()})


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def home_of(name: str) -> str:
    return name.split("/")[0]


SOURCES = [name for name in tracked() if name.endswith(".py") and home_of(name) in MAY_IMPORT]


def breaking(names: list[str], is_broken: Callable[[str], object]) -> list[str]:
    """Which of the files break a promise. A check over no files would prove nothing."""
    assert names
    return [name for name in names if is_broken(name)]


@cache
def imported(name: str) -> frozenset[str]:
    """Dotted names of everything a file imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(text_of(name))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return frozenset(found)


def packages(name: str) -> set[str]:
    return {dotted.split(".")[0] for dotted in imported(name)}


def test_there_are_sources_in_every_room() -> None:
    assert {home_of(name) for name in SOURCES} == set(MAY_IMPORT)


def test_imports_follow_the_flow() -> None:
    assert not breaking(SOURCES, lambda name: packages(name) & set(MAY_IMPORT) - MAY_IMPORT[home_of(name)])


def test_of_importing_the_web_knows_only_the_reader() -> None:
    web = [name for name in SOURCES if home_of(name) == "geoportal"]
    beyond = re.compile(r"importers\.(?!reader)")
    assert not breaking(web, lambda name: any(beyond.match(dotted) for dotted in imported(name)))


def test_frames_and_folium_stay_where_data_come_in_and_go_out() -> None:
    inner = [name for name in SOURCES if home_of(name) not in {"importers", "exports"}]
    assert not breaking(inner, lambda name: packages(name) & FRAMES)


def test_layers_and_importers_know_no_request() -> None:
    deaf = [name for name in SOURCES if home_of(name) in {"layers", "importers"}]
    web = ("django.http", "django.shortcuts", "django.urls")
    assert not breaking(deaf, lambda name: any(dotted.startswith(web) for dotted in imported(name)))


def test_sql_has_its_homes() -> None:
    elsewhere = [name for name in SOURCES if not name.startswith(SQL_HOMES)]
    sql = re.compile(r"\.cursor\(|\.raw\(|\.extra\(|RawSQL|[\"'](SELECT|INSERT INTO|UPDATE|DELETE FROM|COPY) ")
    assert not breaking(elsewhere, lambda name: sql.search(text_of(name)))


def test_only_publishing_writes_layer_tables() -> None:
    readers = [name for name in SOURCES if not name.startswith(WRITERS)]
    in_sql = re.compile(r"(INSERT INTO|UPDATE|DELETE FROM|COPY) layers_")
    assert not breaking(readers, lambda name: in_sql.search(text_of(name)))
    # Other rooms have tables of their own; these two have none.
    tableless = [name for name in readers if home_of(name) in {"layers", "geoportal"}]
    by_orm = re.compile(r"\.bulk_(create|update)\(|objects\.create\(|\.save\(|\.delete\(")
    assert not breaking(tableless, lambda name: by_orm.search(text_of(name)))


def test_no_theme_layer_is_named_outside_its_file() -> None:
    themes = [name for name in SOURCES if name.startswith("layers/themes/") and not name.endswith("__init__.py")]
    slugs = {slug for name in themes for slug in re.findall(r'slug="([a-z-]+)"', text_of(name))}
    assert len(slugs) == len(themes)
    # The demo makes up records of each theme, and a migration is what a declaration was.
    silent = [n for n in SOURCES if not n.startswith(("layers/themes/", "layers/migrations/", "importers/demo/"))]
    assert not breaking(silent, lambda name: [slug for slug in slugs if slug in text_of(name)])


def test_only_params_reads_the_words_of_an_address() -> None:
    listening = {"geoportal/params.py", "geoportal/params_search.py", "geoportal/middleware.py", "desk/params.py"}
    deaf = [name for name in SOURCES if name not in listening]
    assert not breaking(deaf, lambda name: "request.GET" in text_of(name))


def test_only_settings_read_the_environment() -> None:
    # The reader's child process is started with an environment of its own.
    own = ("geoportal/settings.py", "geoportal/wsgi.py", "importers/reader/")
    others = [name for name in SOURCES if not name.startswith(own)]
    assert not breaking(others, lambda name: re.search(r"os\.environ|os\.getenv|environ\.Env", text_of(name)))


def test_no_file_is_long() -> None:
    kinds = (".py", ".js", ".css", ".html", ".sql", ".sh")
    code = [n for n in tracked() if (n.endswith(kinds) or n == "portal") and "/migrations/" not in n]
    assert not breaking(code, lambda name: len(text_of(name).splitlines()) > LONGEST_FILE)


def test_no_page_loads_from_a_foreign_host() -> None:
    pages = [name for name in tracked() if name.endswith((".html", ".js", ".css"))]
    load = re.compile(r"""(?:src|url|import|fetch|<link[^>]*href)\s*[=(]?\s*["'(]?\s*(?:https?:)?//""")
    assert not breaking(pages, lambda name: load.search(text_of(name)))


def test_what_we_print_is_never_called_a_legal_extract() -> None:
    shown = [name for name in tracked() if name.endswith((".html", ".po", ".js"))] + SOURCES
    assert not breaking(shown, lambda name: "trích lục" in text_of(name).lower())


def test_lock_files_carry_no_address_of_a_registry() -> None:
    locks = ["requirements.lock", "requirements-dev.lock", "package-lock.json"]
    address = re.compile(r'"resolved"|--(?:extra-)?index-url|^https?://', re.MULTILINE)
    assert not breaking(locks, lambda name: address.search(text_of(name)))


def test_every_migration_is_made(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True)
