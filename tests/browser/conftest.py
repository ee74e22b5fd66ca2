"""A real portal for the browser: its own database with a small demo province, its own server process, Chromium.

The server is a process of its own, so these tests touch neither the transactions nor the rows of the others.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from contact import pushing
from tests.addresses import address_of, connect
from tests.browser.helpers import CHROMIUM, QUIET, ROOT, SMALL_DESK, SOFTWARE_WEBGL, Parcel
from tests.push_service import PushService
from tests.templates import copied, copy, made_once, manage, migrated

# Playwright keeps an event loop in this thread; Django, asked by tests after these, would refuse to work beside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# An answer and a map take their time on a machine that draws without a graphics card and has other things to do.
PATIENCE_MS = 120_000
expect.set_options(timeout=PATIENCE_MS)

SETTINGS = {
    "RATE_PAGES": "0",
    "RATE_TILES": "0",
    "RATE_SHEETS": "0",
    "RATE_LETTERS": "0",
    "SECRET_KEY": "for-tests",
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="there is no chromium; ./portal test installs it"))


@pytest.fixture(scope="session")
def database(worker_id: str) -> Iterator[str]:
    """The address of a new database that holds a demo of a few thousand parcels."""
    with copied(made_once("demo", demo), f"test_browser_{worker_id}_{os.getpid()}") as name:
        yield address_of(name)


def demo(name: str) -> None:
    copy(migrated(), name)
    for words in (["load_ground"], ["demo", "--parcels", "4000"]):
        manage(address_of(name), *words, **SETTINGS)


def environment(address: str) -> dict[str, str]:
    return {**os.environ, "DATABASE_URL": address, **SETTINGS}


@pytest.fixture(scope="session")
def push_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PushService]:
    own = PushService(tmp_path_factory.mktemp("push"))
    yield own
    own.close()


@pytest.fixture(scope="session")
def pushing_settings(push_service: PushService) -> dict[str, str]:
    """What lets the portal push to it, and to no other address inside."""
    return {
        "PUSH_KEY": pushing.new_key(),
        "PUSH_INSIDE": push_service.place,
        "SSL_CERT_FILE": str(push_service.certificate),
    }


@pytest.fixture(scope="session")
def base_url(database: str, pushing_settings: dict[str, str]) -> Iterator[str]:
    """The portal, served as in production; pytest-playwright opens relative addresses on it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "--no-control-socket", "--workers", "2", "--threads", "2"]
    server = subprocess.Popen(
        [*command, "--bind", f"127.0.0.1:{port}", "geoportal.wsgi"],
        cwd=ROOT,
        env=environment(database) | pushing_settings,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for(address, server)
        yield address
    finally:
        server.terminate()
        server.wait(20)


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        assert server.poll() is None, "the server ended at once"
        try:
            urllib.request.urlopen(f"{address}/health/live", timeout=5)
        except OSError:
            time.sleep(0.2)
        else:
            return
    pytest.fail("the server did not answer within two minutes")


@pytest.fixture(scope="session")
def parcel(database: str, base_url: str) -> Parcel:
    """A parcel that a corridor reaches into, found through the portal's own JSON."""
    with connect(database.rpartition("/")[2]) as connection:
        rows = connection.execute(
            "SELECT p.feature_id FROM layers_parcel p JOIN layers_sourcecorridor c"
            " ON ST_DWithin(p.geom, c.geom, c.width_m - 3) WHERE p.until IS NULL AND p.old_parcel_no <> ''"
            " ORDER BY p.feature_id LIMIT 1"
        ).fetchall()
    found = ask(f"{base_url}/api/parcels/{rows[0][0]}/report")["parcel"]
    told = [found[name] for name in ("parcel_no", "sheet_no", "commune", "commune_code")]
    return Parcel(rows[0][0], *told, float(found["lon"]), float(found["lat"]))


def ask(address: str) -> dict[str, Any]:
    with urllib.request.urlopen(address, timeout=120) as answer:
        found: dict[str, Any] = json.load(answer)
    return found


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {"executable_path": CHROMIUM, "args": ["--no-sandbox", *SOFTWARE_WEBGL, *QUIET]}


@pytest.fixture
def browser_context_args(base_url: str, request: pytest.FixtureRequest) -> dict[str, Any]:
    """The worker that keeps pages for a time without a network costs a second a page: only where a test is about it."""
    worker = "allow" if request.node.get_closest_marker("service_worker") else "block"
    return {
        "base_url": base_url,
        "viewport": SMALL_DESK,
        "locale": "vi-VN",
        "reduced_motion": "reduce",
        "service_workers": worker,
    }


@pytest.fixture
def page(page: Page) -> Iterator[Page]:
    """A page on which nothing goes wrong unseen: an error of a script fails the test."""
    errors: list[str] = []
    page.set_default_timeout(PATIENCE_MS)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    assert errors == []
