"""What a file is, by its first bytes and its suffix. Both must agree; formats we do not read get their own advice."""

import re

from importers.reader.outcome import Refused

HEAD = 4_096  # bytes of a file that are looked at
ZIP, SHAPEFILE, GEOPACKAGE, JSON, GPX = "zip", "shapefile", "geopackage", "json", "gpx"
TEXT_TABLE, SPREADSHEET = "text table", "spreadsheet"

SUFFIXES = {
    ".zip": ZIP,
    ".shp": SHAPEFILE,
    ".gpkg": GEOPACKAGE,
    ".geojson": JSON,
    ".json": JSON,
    ".topojson": JSON,
    ".gpx": GPX,
}
# Lists of coordinates. Beside a map format in one archive they are notes, not the layer.
TABLE_SUFFIXES = {".csv": TEXT_TABLE, ".tsv": TEXT_TABLE, ".txt": TEXT_TABLE, ".xlsx": SPREADSHEET}

# Suffix -> refusal with words on how to save the file for us.
UNREAD = {
    ".dxf": "unread-dxf",
    ".dgn": "unread-dgn",
    ".dwg": "unread-dwg",
    ".tab": "unread-mapinfo",
    ".mif": "unread-mapinfo",
    ".mid": "unread-mapinfo",
    ".kml": "unread-kml",
    ".kmz": "unread-kml",
    ".gml": "unread-gml",
    ".xls": "unread-table",
    ".ods": "unread-table",
    ".rar": "unread-archive",
    ".7z": "unread-archive",
    ".gz": "unread-archive",
}

# The same told by content, for files whose suffix says nothing. DGN V8 and XLS share the OLE container.
_UNREAD_CONTENT = (
    (re.compile(rb"AC10\d\d"), "unread-dwg"),
    (re.compile(rb"AutoCAD Binary DXF|\s*0\r?\n\s*SECTION"), "unread-dxf"),
    (re.compile(rb"\x08[\x05\x09]\xfe\x02|\xc8[\x05\x09]\xfe\x02|\xd0\xcf\x11\xe0"), "unread-dgn"),
    (re.compile(rb"!table|(?i:version\s+\d+\s+charset)"), "unread-mapinfo"),
    (re.compile(rb"Rar!|7z\xbc\xaf|\x1f\x8b"), "unread-archive"),
    (re.compile(rb"\s*<[^>]*>?[\s\S]*<kml[\s>]|\s*<kml[\s>]"), "unread-kml"),
    (re.compile(rb"[\s\S]*<(?:gml|wfs):"), "unread-gml"),
)

_SQLITE = b"SQLite format 3\0"
_GPKG_IDS = (b"GPKG", b"GP10", b"GP11")  # application id at byte 68, GeoPackage 1.2 and before
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
# The root element, after a declaration and comments; a document type before it is refused with the file.
_GPX = re.compile(rb"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--(?:(?!-->)[\s\S])*-->\s*)*<(?:\w+:)?gpx[\s>]")


def identify(head: bytes, suffix: str) -> str:
    """The format of a file from its first HEAD bytes; raises Refused when it is none of ours or a disguise."""
    suffix = suffix.lower()
    if suffix in UNREAD:
        raise Refused(UNREAD[suffix])
    if suffix in TABLE_SUFFIXES:
        return _table(head, suffix)
    seen = _by_content(head)
    if suffix in SUFFIXES:
        if seen == SUFFIXES[suffix]:
            return seen
        raise Refused("archive-prefix" if suffix == ".zip" else "content-mismatch", suffix=suffix)
    if seen is None:
        raise Refused(next((code for sign, code in _UNREAD_CONTENT if sign.match(head)), "format-unknown"))
    return seen


def _table(head: bytes, suffix: str) -> str:
    """A spreadsheet is an archive, a text table has no zero byte unless it says that it is UTF-16."""
    kind = TABLE_SUFFIXES[suffix]
    is_text = head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" not in head
    if head.startswith(b"PK\x03\x04") if kind == SPREADSHEET else is_text and _by_content(head) in (None, JSON):
        return kind
    raise Refused("content-mismatch", suffix=suffix)


def _by_content(head: bytes) -> str | None:
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return ZIP
    if head.startswith(b"\x00\x00\x27\x0a"):  # 9994
        return SHAPEFILE
    if head.startswith(_SQLITE):
        if head[68:72] not in _GPKG_IDS:
            raise Refused("gpkg-application")
        return GEOPACKAGE
    if head.removeprefix(_BYTE_ORDER_MARK).lstrip().startswith(b"{"):
        return JSON
    if _GPX.match(head.removeprefix(_BYTE_ORDER_MARK)):
        return GPX
    return None
