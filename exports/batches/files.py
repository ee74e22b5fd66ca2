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
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
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


def safe(value: Any) -> Any:
    """A value that no spreadsheet takes for a formula."""
    if not isinstance(value, str):
        return value
    text = UNPRINTED.sub("", value)[:LONGEST_CELL]
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text


def spoken(label: Any) -> str:
    """A label as it is kept: text, or words in both languages."""
    if not isinstance(label, dict):
        return str(label)
    return str(label["en" if (get_language() or "vi").startswith("en") else "vi"])


def number(text: str | None) -> float | None:
    return None if text is None else float(Decimal(text))


def sites(batch: Batch) -> Iterator[tuple[BatchRow, Cells]]:
    """Every row of the batch with its cells by column title."""
    for row in batch.rows.order_by("number").iterator(1_000):
        yield row, {title: safe(value) for title, value in site_cells(batch, row).items()}


def site_cells(batch: Batch, row: BatchRow) -> Cells:
    answer = row.answer or {}
    said = answer.get("themes", {})
    return {
        gettext("Dòng"): row.number,
        gettext("Tên"): row.name,
        gettext("Tình trạng"): state_of(batch, row),
        gettext("Lỗi"): row.error,
        gettext("Diện tích (m²)"): number(answer.get("area_m2")),
        gettext("Xã"): ", ".join(answer.get("communes", ())),
        **{str(title): str(WORDS.get(said.get(theme), "")) for theme, title in catalogue.THEMES.items()},
        gettext("Vùng"): "; ".join(zone_words(zone) for zone in answer.get("zones", ())),
        gettext("Khoảng cách theo luật"): "; ".join(distance_words(one) for one in answer.get("distances", ())),
        gettext("Bản dữ liệu"): batch.snapshot,
        gettext("Ngày"): batch.day.isoformat(),
    }


def state_of(batch: Batch, row: BatchRow) -> str:
    if row.answered_at is None:
        return gettext("Đang chờ") if batch.is_running else gettext("Đã hủy")
    return gettext("Không trả lời được") if row.error else gettext("Đã trả lời")


def zone_words(zone: Cells) -> str:
    told = [str(catalogue.get(zone["layer"]).title)]
    if zone["area_m2"] is not None:
        told += [f"{zone['area_m2']} m²", f"{zone['share_percent']} %"]
    if zone["answer"] == Answer.TOO_CLOSE:
        told.append(str(WORDS[Answer.TOO_CLOSE]))
    return f"{spoken(zone['label'])} ({', '.join(told)})"


def distance_words(one: Cells) -> str:
    inside = gettext("vào trong {metres} m").format(metres=one["inside_m"])
    return f"{spoken(one['label'])} ({spoken(one['rule'])}, {inside})"


def zones(row: BatchRow) -> Iterator[Cells]:
    """Every zone of a row with its cells by column title."""
    for zone in (row.answer or {}).get("zones", ()):
        layer = catalogue.get(zone["layer"])
        cells = {
            gettext("Dòng"): row.number,
            gettext("Tên"): row.name,
            gettext("Lĩnh vực"): str(catalogue.THEMES.get(layer.theme, layer.theme)),
            gettext("Lớp"): str(layer.title),
            gettext("Vùng"): spoken(zone["label"]),
            gettext("Trả lời"): str(WORDS[zone["answer"]]),
            gettext("Diện tích (m²)"): number(zone["area_m2"]),
            gettext("Tỷ lệ (%)"): number(zone["share_percent"]),
            gettext("Cách (m)"): number(zone["distance_m"]),
        }
        yield {title: safe(value) for title, value in cells.items()}


def as_csv(batch: Batch) -> bytes:
    """UTF-8 with its mark, so that Excel reads Vietnamese."""
    stream = io.StringIO()
    writer = None
    for _, cells in sites(batch):
        if writer is None:
            writer = csv.DictWriter(stream, list(cells))
            writer.writeheader()
        writer.writerow(cells)
    return b"\xef\xbb\xbf" + stream.getvalue().encode()


def as_xlsx(batch: Batch) -> bytes:
    book = Workbook(write_only=True)
    first, second = book.create_sheet(gettext("Khu đất")), book.create_sheet(gettext("Vùng"))
    has_head = {first: False, second: False}

    def add(sheet: Any, cells: Cells) -> None:
        if not has_head[sheet]:
            sheet.append(list(cells))
        has_head[sheet] = True
        sheet.append(list(cells.values()))

    for row, cells in sites(batch):
        add(first, cells)
        for zone in zones(row):
            add(second, zone)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def as_geopackage(batch: Batch) -> bytes:
    """Layer `sites` with the ground of each row (VN-2000, EPSG:9209), table `zones` without shapes."""
    told = list(sites(batch))
    shapes = [shapely.from_wkb(bytes(row.ground)) if row.ground else None for row, _ in told]
    frame = gpd.GeoDataFrame([cells for _, cells in told], geometry=shapes, crs=settings.STORAGE_SRID)
    within = pd.DataFrame([zone for row, _ in told for zone in zones(row)])
    with tempfile.TemporaryDirectory(prefix="geoportal-batch-") as folder:
        path = Path(folder) / "batch.gpkg"
        frame.to_file(path, layer="sites", driver="GPKG")
        if len(within):
            gpd.GeoDataFrame(within).to_file(path, layer="zones", driver="GPKG")
        return path.read_bytes()


# By suffix: the type of the file, and how it is made.
FILES: dict[str, tuple[str, Callable[[Batch], bytes]]] = {
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx),
    "csv": ("text/csv; charset=utf-8", as_csv),
    "gpkg": ("application/geopackage+sqlite3", as_geopackage),
}
