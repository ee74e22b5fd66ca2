"""Many sites from a file: each row of a table or feature of a map as a site that is asked, with its name.

Columns are known by their names, in any case, with or without marks. A row that names no site is kept: it is told, with
its own sentence, where the others are answered.
"""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile

from geoportal.site_file import FileTrouble
from importers.reader.outcome import Refused
from importers.reader.personal import fold
from importers.reader.rows import Row, rows
from layers.sites.troubles import SiteTrouble

Asked = dict[str, Any]
# What a column holds, by the names it may have.
COLUMNS = {
    "name": ("ten", "name", "label", "tenkhudat", "ghichu"),
    "id": ("id", "mathua", "parcelid", "featureid", "parcels", "parcel"),
    "sheet": ("to", "soto", "tobando", "sotobando", "sheet", "sheetno"),
    "parcel": ("thua", "sothua", "sohieuthua", "parcelno", "parcel"),
    "commune": ("xa", "tenxa", "xaphuong", "commune"),
    "district": ("huyen", "tenhuyen", "district"),
    "lon": ("lon", "lng", "long", "longitude", "kinhdo"),
    "lat": ("lat", "latitude", "vido"),
    "x": ("x", "xm", "toadox", "northing"),
    "y": ("y", "ym", "toadoy", "easting"),
    "meridian": ("ktt", "kinhtuyentruc", "meridian"),
    "radius": ("radius", "radiusm", "bankinh", "bankinhm", "r"),
}


def sites(file: UploadedFile[Any] | None) -> list[tuple[str, Asked]]:
    """Name and site of each row of a file. Raises SiteTrouble when the file as a whole is none of sites."""
    if file is None:
        raise SiteTrouble("nothing")
    try:
        if not file.size:
            raise Refused("file-empty")
        sent = rows(file.name or "", file.chunks())
    except Refused as refused:
        raise FileTrouble(refused) from None
    made = [(name_of(row), of_cells(row) if sent.is_table else of_shape(row, sent.epsg)) for row in sent.rows]
    if not made:
        raise SiteTrouble("empty")
    if sent.is_table and not any(asked for _, asked in made):
        raise SiteTrouble("batch-columns")
    return made


def known(row: Row) -> dict[str, str]:
    """The cells by what they hold."""
    folded = {fold(name): text for name, text in row.cells.items()}
    return {holds: folded[name] for holds, names in COLUMNS.items() for name in reversed(names) if name in folded}


def name_of(row: Row) -> str:
    return known(row).get("name", "")


def of_shape(row: Row, epsg: int | None) -> Asked:
    return {"areas": row.areas, "lines": row.lines, "epsg": epsg}


def of_cells(row: Row) -> Asked:
    """The site a row of a table names; empty when none of its columns is known."""
    cells = known(row)
    if "sheet" in cells and "parcel" in cells:
        words = [f"thửa {cells['parcel']} tờ {cells['sheet']}"]
        words += [commune(cells["commune"])] if "commune" in cells else []
        if "district" in cells:  # there are none today: the numbers are those of an old book
            return {"named": " ".join([*words, cells["district"]])}
        return {"named": " ".join(words), "sheet": cells["sheet"], "parcel": cells["parcel"]}
    if "id" in cells:
        ids = [text.strip() for text in cells["id"].replace(";", ",").split(",") if text.strip()]
        are_ids = all(text.isascii() and text.isdigit() and len(text) < 16 for text in ids)
        return {"parcels": [int(text) for text in ids]} if are_ids else {"named": cells["id"]}
    radius = cells.get("radius", "")
    if "lon" in cells and "lat" in cells:
        return {"place": f"{cells['lat']}; {cells['lon']}", "radius": radius}
    if "x" in cells and "y" in cells:
        meridian = f"KTT {cells['meridian']} " if "meridian" in cells else ""
        return {"place": f"{meridian}X={cells['x']} Y={cells['y']}", "radius": radius}
    return {}


def commune(text: str) -> str:
    """A commune as the search reads it: with its kind before it."""
    has_kind = fold(text).startswith(("xa", "phuong", "thitran", "dackhu"))
    return text if has_kind else f"xã {text}"
