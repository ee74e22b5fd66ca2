"""What one may type after ./portal, tried on the command itself."""

import os
import socket
import subprocess
from pathlib import Path

import pytest

from launcher.__main__ import read
from launcher.places import ROOT
from launcher.postgres import client_environment


def portal(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [ROOT / "portal", *words], env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("words", [(), ("--help",), ("-h",), ("help",), ("--yes",)])
def test_without_a_command_it_prints_help(words: tuple[str, ...]) -> None:
    done = portal(*words)
    assert (done.returncode, done.stderr) == (0, "")
    assert "./portal COMMAND" in done.stdout and "restore FILE" in done.stdout


def test_an_unknown_command_gets_one_sentence() -> None:
    done = portal("rnu")
    assert done.returncode == 1
    assert done.stderr == "There is no command rnu. ./portal alone prints help.\n"


@pytest.mark.parametrize(
    ("words", "data", "arguments"),
    [
        (["--data", "/a b", "run"], "/a b", []),
        (["run", "--port", "1", "--data=/a b", "--yes"], "/a b", ["--port", "1"]),
        (["run"], "/from/environment", []),
        (["--data", "/mine", "manage", "import", "--data", "x", "--yes"], "/mine", ["import", "--data", "x", "--yes"]),
    ],
)
def test_data_and_yes_are_understood_everywhere_but_after_manage(
    monkeypatch: pytest.MonkeyPatch, words: list[str], data: str, arguments: list[str]
) -> None:
    monkeypatch.setenv("PORTAL_DATA", "/from/environment")
    call = read(words)
    assert (call.data, call.arguments) == (Path(data), arguments)


def test_a_taken_port_is_named_with_a_free_one_before_anything_is_installed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = portal("run", "--port", str(port))
    assert done.returncode == 1
    assert done.stderr.startswith(f"Something else already listens on 127.0.0.1:{port}. Try: ./portal run --port ")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--port", "65536"), "invalid port_number value: '65536'"),
        (("--host", "192.0.2.1"), "cannot listen on 192.0.2.1:8000: Cannot assign requested address."),
    ],
)
def test_an_address_where_nobody_can_listen_is_refused_with_the_reason(words: tuple[str, ...], sentence: str) -> None:
    done = portal("run", *words)
    assert done.returncode != 0
    assert sentence in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgis://geoportal@//tmp/socket/portal", {"PGHOST": "/tmp/socket", "PGUSER": "geoportal"}),
        ("postgis://u:p%40ss@db.example:5433/portal", {"PGHOST": "db.example", "PGPORT": "5433", "PGPASSWORD": "p@ss"}),
        ("postgis:///portal?host=/tmp/s&sslmode=require", {"PGHOST": "/tmp/s", "PGSSLMODE": "require"}),
    ],
)
def test_a_database_url_reaches_psql_through_the_environment(
    monkeypatch: pytest.MonkeyPatch, url: str, expected: dict[str, str]
) -> None:
    monkeypatch.setenv("PGSERVICE", "another")
    environment = client_environment(url)
    assert expected.items() <= environment.items()
    assert environment["PGDATABASE"] == "portal"
    assert "PGSERVICE" not in environment
