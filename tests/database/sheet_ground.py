"""What tests of sheets stand on: a field half in a zone, one press for all, programs that read a PDF."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from exports.sheets.press import press
from tests.database.province import DAY, box, deliver, publish_ground, standing, zone

GROUNDWATER = "groundwater-zones"


@pytest.fixture(scope="module")
def one_press() -> Iterator[None]:
    yield
    press.close()


@pytest.fixture
def sheet_ground(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A field half in a zone; a data folder of its own, so that the demonstration key is made there."""
    settings.DATA_DIR = tmp_path_factory.getbasetemp() / "portal"
    publish_ground()
    deliver(GROUNDWATER, zone(GROUNDWATER, "near", box(50, -100, 500, 100)))


@pytest.fixture
def address() -> str:
    return f"/parcels/{standing().feature_id}/sheet.pdf?on={DAY}"


@pytest.fixture
def pdf(client: Client, address: str) -> bytes:
    content: bytes = client.get(address).content
    return content


def read(pdf: bytes, folder: Path, *command: str) -> str:
    """What a program of poppler-utils says of the file."""
    file = folder / "sheet.pdf"
    file.write_bytes(pdf)
    program, *options = command
    done = subprocess.run([program, *options, str(file)], capture_output=True, text=True, check=False)
    return done.stdout


def words_of(pdf: bytes, folder: Path) -> str:
    (folder / "words.pdf").write_bytes(pdf)
    subprocess.run(["pdftotext", str(folder / "words.pdf"), str(folder / "words.txt")], check=True)
    return " ".join((folder / "words.txt").read_text(encoding="utf-8").split())
