"""A batch as a file: XLSX, CSV or GeoPackage, with what is answered by now.

One table of sites, a row each, and (XLSX, GeoPackage) one of zones, a row for each zone of each site. A cell whose text
begins like a formula is given an apostrophe before it: a spreadsheet would run what a stranger typed.
"""

from __future__ import annotations

import csv
import io
import re
import tempfile
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyogrio
import shapely
from django.conf import settings
from django.utils.translation import get_language, gettext, gettext_lazy
from openpyxl import Workbook

from exports.batches.condensed import BY_PARTS
from exports.batches.stored import Batch, BatchRow
from layers import catalogue
from layers.report.answers import Answer

# What no cell of XLSX may hold.
UNPRINTED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
WORDS: dict[str, object] = {
    Answer.AFFECTED: gettext_lazy("Có ảnh hưởng"),
    Answer.TOO_CLOSE: gettext_lazy("Sát ranh, chưa kết luận"),
    Answer.NOT_AFFECTED: gettext_lazy("Không ảnh hưởng"),
    Answer.NOT_ASSESSED: gettext_lazy("Chưa đánh giá"),
    BY_PARTS: gettext_lazy("Theo từng phần (xem cột vùng)"),
}
Cells = dict[str, Any]
# The longest text a cell of XLSX takes.
LONGEST_CELL = 32_000
# Rows that are held at a time.
AT_ONCE = 1_000


def safe(value: Any) -> Any:
    """A value that no spreadsheet takes for a formula."""
    if not isinstance(value, str):
        return value
    text = UNPRINTED.sub("", value)[:LONGEST_CELL]
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text


def number(text: str | None) -> float | None:
    return None if text is None else float(Decimal(text))


class Spoken:
    """The words of a file in the language that is active: each looked up once a file, not once a cell."""

    def __init__(self, batch: Batch) -> None:
        self.site = [
            gettext("Dòng"),
            gettext("Tên"),
            gettext("Tình trạng"),
            gettext("Lỗi"),
            gettext("Diện tích (m²)"),
            gettext("Xã"),
            *(str(title) for title in catalogue.THEMES.values()),
            gettext("Vùng"),
            gettext("Khoảng cách theo luật"),
            gettext("Bản dữ liệu"),
            gettext("Ngày"),
        ]
        self.zone = [
            gettext("Dòng"),
            gettext("Tên"),
            gettext("Lĩnh vực"),
            gettext("Lớp"),
            gettext("Vùng"),
            gettext("Trả lời"),
            gettext("Diện tích (m²)"),
            gettext("Tỷ lệ (%)"),
            gettext("Cách (m)"),
        ]
        self.figures = {gettext("Diện tích (m²)"), gettext("Tỷ lệ (%)"), gettext("Cách (m)")}
        self.answers = {answer: str(words) for answer, words in WORDS.items()}
        self.themes = {theme: str(title) for theme, title in catalogue.THEMES.items()}
        self.layers = {layer.slug: str(layer.title) for layer in catalogue.every()}
        self.inside = gettext("vào trong {metres} m")
        self.waiting = gettext("Đang chờ") if batch.is_running else gettext("Đã hủy")
        self.failed, self.answered = gettext("Không trả lời được"), gettext("Đã trả lời")
        self.language = "en" if (get_language() or "vi").startswith("en") else "vi"

    def label(self, label: Any) -> str:
        """A label as it is kept: text, or words in both languages."""
        return str(label[self.language]) if isinstance(label, dict) else str(label)


def sites(batch: Batch, said: Spoken) -> Iterator[tuple[BatchRow, list[Any]]]:
    """Every row of the batch with its cells, in the order of `said.site`."""
    for row in batch.rows.order_by("number").iterator(AT_ONCE):
        yield row, [safe(value) for value in site_cells(batch, row, said)]


def site_cells(batch: Batch, row: BatchRow, said: Spoken) -> list[Any]:
    answer = row.answer or {}
    themes = answer.get("themes", {})
    return [
        row.number,
        row.name,
        state_of(row, said),
        row.error,
        number(answer.get("area_m2")),
        ", ".join(answer.get("communes", ())),
        *(said.answers.get(themes.get(theme), "") for theme in catalogue.THEMES),
        "; ".join(zone_words(zone, said) for zone in answer.get("zones", ())),
        "; ".join(distance_words(one, said) for one in answer.get("distances", ())),
        batch.snapshot,
        batch.day.isoformat(),
    ]


def state_of(row: BatchRow, said: Spoken) -> str:
    if row.answered_at is None:
        return said.waiting
    return said.failed if row.error else said.answered


def zone_words(zone: Cells, said: Spoken) -> str:
    told = [said.layers[zone["layer"]]]
    if zone["area_m2"] is not None:
        told += [f"{zone['area_m2']} m²", f"{zone['share_percent']} %"]
    if zone["answer"] == Answer.TOO_CLOSE:
        told.append(said.answers[Answer.TOO_CLOSE])
    return f"{said.label(zone['label'])} ({', '.join(told)})"


def distance_words(one: Cells, said: Spoken) -> str:
    inside = said.inside.format(metres=one["inside_m"])
    return f"{said.label(one['label'])} ({said.label(one['rule'])}, {inside})"


def zones(row: BatchRow, said: Spoken) -> Iterator[list[Any]]:
    """Every zone of a row with its cells, in the order of `said.zone`."""
    for zone in (row.answer or {}).get("zones", ()):
        theme = catalogue.get(zone["layer"]).theme
        cells = [
            row.number,
            row.name,
            said.themes.get(theme, theme),
            said.layers[zone["layer"]],
            said.label(zone["label"]),
            said.answers[zone["answer"]],
            number(zone["area_m2"]),
            number(zone["share_percent"]),
            number(zone["distance_m"]),
        ]
        yield [safe(value) for value in cells]


def as_csv(batch: Batch) -> bytes:
    """UTF-8 with its mark, so that Excel reads Vietnamese."""
    stream, said = io.StringIO(), Spoken(batch)
    writer = csv.writer(stream)
    writer.writerow(said.site)
    writer.writerows(cells for _, cells in sites(batch, said))
    return b"\xef\xbb\xbf" + stream.getvalue().encode()


def as_xlsx(batch: Batch) -> bytes:
    book, said = Workbook(write_only=True), Spoken(batch)
    first, second = book.create_sheet(gettext("Khu đất")), book.create_sheet(gettext("Vùng"))
    first.append(said.site)
    second.append(said.zone)
    for row, cells in sites(batch, said):
        first.append(cells)
        for zone in zones(row, said):
            second.append(zone)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def as_geopackage(batch: Batch) -> bytes:
    """Layer `sites` with the ground of each row (VN-2000, EPSG:9209), table `zones` without shapes. Written piece by
    piece: all of 10,000 rows at once would take hundreds of megabytes."""
    said = Spoken(batch)
    told = sites(batch, said)
    with tempfile.TemporaryDirectory(prefix="geoportal-batch-") as folder:
        path = Path(folder) / "batch.gpkg"
        while piece := list(islice(told, AT_ONCE)):
            shapes = [shapely.from_wkb(bytes(row.ground)) if row.ground else None for row, _ in piece]
            ground = gpd.GeoSeries(shapes, crs=settings.STORAGE_SRID)
            frame = gpd.GeoDataFrame(table(said, said.site, [cells for _, cells in piece]), geometry=ground)
            written = {"layer": "sites", "geometry_type": "MultiPolygon", "promote_to_multi": True}
            pyogrio.write_dataframe(frame, path, driver="GPKG", append=path.exists(), **written)
            within = [zone for row, _ in piece for zone in zones(row, said)]
            if within:
                has_zones = "zones" in pyogrio.list_layers(path)[:, 0]
                rows = table(said, said.zone, within)
                pyogrio.write_dataframe(rows, path, layer="zones", driver="GPKG", append=has_zones)
        return path.read_bytes()


def table(said: Spoken, titles: list[str], rows: list[list[Any]]) -> pd.DataFrame:
    """Columns of figures hold figures even where all of a piece are empty: every piece has the types of the first."""
    frame = pd.DataFrame(rows, columns=titles)
    return frame.astype({title: float for title in titles if title in said.figures})


# By suffix: the type of the file, and how it is made.
FILES: dict[str, tuple[str, Callable[[Batch], bytes]]] = {
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx),
    "csv": ("text/csv; charset=utf-8", as_csv),
    "gpkg": ("application/geopackage+sqlite3", as_geopackage),
}
