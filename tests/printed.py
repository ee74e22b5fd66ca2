"""Reads a printed sheet with other programs than those that made it: poppler's pdfsig and pdftocairo."""

from __future__ import annotations

import json
import math
import re
import subprocess
from pathlib import Path
from typing import Any

from exports.sheets.stored import Sheet

POINTS_A_MM = 72 / 25.4
NUMBER = r"-?\d+(?:\.\d+)?"
# The subject's outline is the only line as thick as this on a sheet: 2.6 units of a quarter of a millimetre.
OUTLINE_MM = 0.65


def is_valid(pdf: bytes, folder: Path) -> bool:
    """Whether pdfsig finds a valid signature over the whole file."""
    file = folder / "signed.pdf"
    file.write_bytes(pdf)
    said = subprocess.run(["pdfsig", str(file)], capture_output=True, check=False).stdout
    return b"Signature is Valid" in said and b"Total document signed" in said and b"not signed" not in said


def scale_error_mm(sheet: Sheet, folder: Path) -> float:
    """By how many millimetres in 100 mm the printed outline is off: each edge is measured on the paths of the PDF and
    compared with the edge on the ground, at the scale that the sheet names."""
    corners = printed_outline(sheet.bytes_of_pdf, folder)
    twin: dict[str, Any] = json.loads(sheet.bytes_of_answer)
    ring = (twin.get("parcel") or twin["site"])["polygons"][0][0]
    scale = named_scale(sheet.bytes_of_pdf, folder)
    worst = 0.0
    for place in range(len(ring) - 1):
        ground_mm = math.dist(ring[place], ring[place + 1]) * 1000 / scale
        paper_mm = math.dist(corners[place], corners[(place + 1) % (len(ring) - 1)]) / POINTS_A_MM
        # A line shorter than 100 mm cannot show a larger error than its own; a longer one is judged by its share.
        worst = max(worst, abs(paper_mm - ground_mm) * min(1.0, 100 / max(ground_mm, 1e-9)))
    return worst


def printed_outline(pdf: bytes, folder: Path) -> list[tuple[float, float]]:
    """The corners of the subject's outline on the first page that has a map, in points of the page."""
    file, drawn = folder / "printed.pdf", folder / "printed.svg"
    file.write_bytes(pdf)
    for page in ("1", "2"):
        # Without -noshrink pdftocairo fits the page to a paper of its own, a thousandth smaller.
        command = ["pdftocairo", "-svg", "-noshrink", "-f", page, "-l", page, str(file), str(drawn)]
        subprocess.run(command, check=True)
        for path in re.findall(r"<path [^>]*>", drawn.read_text(encoding="utf-8")):
            width, matrix = re.search(rf"stroke-width:({NUMBER});", path), transform(path)
            thick = float(width[1]) * math.sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2])) if width else 0.0
            if abs(thick / POINTS_A_MM - OUTLINE_MM) < 0.005:
                return [placed(point, matrix) for point in points(path)]
    raise AssertionError("no outline on the first two pages")


def transform(path: str) -> tuple[float, ...]:
    found = re.search(r'transform="matrix\(([^)]*)\)"', path)
    return tuple(map(float, found[1].split(","))) if found else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def points(path: str) -> list[tuple[float, float]]:
    data = re.search(r' d="([^"]*)"', path)
    assert data
    numbers = [float(one) for one in re.findall(NUMBER, data[1].partition("Z")[0])]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def placed(point: tuple[float, float], matrix: tuple[float, ...]) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * point[0] + c * point[1] + e, b * point[0] + d * point[1] + f


def named_scale(pdf: bytes, folder: Path) -> int:
    """The scale that the sheet's words name."""
    words = words_of(pdf, folder)
    found = re.search(r"(?:Tỷ lệ|Scale) 1:([\d.,]+)", words)
    assert found, "the sheet names no scale"
    return int(re.sub(r"\D", "", found[1]))


def words_of(pdf: bytes, folder: Path) -> str:
    """The words of the sheet, as a reader that knows nothing of us finds them."""
    file, text = folder / "words.pdf", folder / "words.txt"
    file.write_bytes(pdf)
    subprocess.run(["pdftotext", str(file), str(text)], check=True)
    return " ".join(text.read_text(encoding="utf-8").split())
