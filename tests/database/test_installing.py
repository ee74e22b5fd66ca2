"""The portal as an application: its manifest, and a service worker that keeps no answer."""

from __future__ import annotations

import io
import json
import re

import pytest
from django.test import Client
from PIL import Image

from tests.browser.helpers import ROOT

pytestmark = pytest.mark.django_db(databases="__all__")


def test_the_manifest_names_the_portal_in_the_readers_language(client: Client) -> None:
    answer = client.get("/manifest.webmanifest")
    assert answer["Content-Type"] == "application/manifest+json"
    told = answer.json()
    assert (told["short_name"], told["display"], told["lang"]) == ("Bản đồ đất đai", "standalone", "vi")
    assert client.get("/manifest.webmanifest?lang=en").json()["short_name"] == "Land map"


def test_its_icons_are_there_and_as_large_as_it_says(client: Client) -> None:
    for icon in client.get("/manifest.webmanifest").json()["icons"]:
        body = (ROOT / "geoportal" / "static" / icon["src"].split("/", 3)[3]).read_bytes()
        with Image.open(io.BytesIO(body)) as image:
            assert "{}x{}".format(*image.size) == icon["sizes"]


def kept(client: Client) -> list[str]:
    script = client.get("/service-worker.js").content.decode()
    found = re.search(r"^const OFFLINE = (.*)$", script, re.MULTILINE)
    assert found
    return list(json.loads(found[1]))


def test_the_worker_keeps_the_page_without_a_network_and_what_it_is_made_of(client: Client) -> None:
    page = client.get("/offline").content.decode()
    asked = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page))
    assert asked <= set(kept(client))
    scripts = [
        ROOT / "geoportal/static" / address.split("/", 3)[3] for address in kept(client) if address.endswith(".js")
    ]
    imported = {name for script in scripts for name in re.findall(r"from '\./(.+?)'", script.read_text())}
    assert imported <= {script.name for script in scripts}
    assert all((ROOT / "geoportal/static" / address.split("/", 3)[3]).is_file() for address in kept(client)[1:])


def test_the_worker_keeps_nothing_that_could_grow_old(client: Client) -> None:
    assert [address for address in kept(client) if not address.startswith("/static/")] == ["/offline"]
    script = client.get("/service-worker.js").content.decode()
    assert ".put(" not in script and ".add(" not in script


def test_worker_and_manifest_are_asked_for_anew_each_time(client: Client) -> None:
    assert client.get("/service-worker.js")["Cache-Control"] == "no-cache"
    assert client.get("/service-worker.js")["Content-Type"].startswith("text/javascript")


def test_the_page_without_a_network_tells_no_data(client: Client) -> None:
    page = client.get("/offline").content.decode()
    assert "Thiết bị không có mạng" in page
    assert "Dữ liệu số" not in page
