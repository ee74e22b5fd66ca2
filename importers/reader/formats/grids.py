"""Text tables and spreadsheets as grids of text: what a cell says, never what a formula would compute."""

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import ParseError

from importers.reader import sniff
from importers.reader.container import safe_name
from importers.reader.formats.job import Job
from importers.reader.limits import Limits
from importers.reader.outcome import Refused

DELIMITERS = ";\t|,"  # a comma last: it is a decimal sign too
SNIFFED_LINES = 50
_BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}

Cell = str | None
Row = list[Cell]


@dataclass(frozen=True)
class Grid:
    """One sheet: its name and rows of cells. `encoding_known` is False where each byte stands for one sign."""

    name: str
    rows: list[Row]
    encoding_known: bool = True


def grids(job: Job) -> Iterator[Grid]:
    path = next(iter(job.files.values()))
    if job.format == sniff.SPREADSHEET:
        yield from of_spreadsheet(path, job.limits)
    else:
        yield of_text(path, job.limits)


def of_text(path: Path, limits: Limits) -> Grid:
    """A text table. UTF-8 and UTF-16 are recognised; any other bytes come as one sign each, to be decoded later."""
    data = path.read_bytes()
    text, known = decoded(data)
    csv.field_size_limit(limits.cell * 4)
    lines = text.splitlines()
    sign = delimiter(lines[:SNIFFED_LINES])
    try:
        rows = [trimmed(row, limits) for row in csv.reader(io.StringIO(text, newline=""), delimiter=sign)]
    except csv.Error:
        raise Refused("table-broken") from None
    return Grid("", rows, known)


def decoded(data: bytes) -> tuple[str, bool]:
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if data.startswith(mark):
            try:
                return data.decode(encoding), True
            except UnicodeDecodeError:
                raise Refused("table-broken") from None
    try:
        return data.decode("utf-8"), True
    except UnicodeDecodeError:
        return data.decode("latin-1"), False


def delimiter(lines: list[str]) -> str:
    """The sign that cuts most lines into the same number of cells."""
    filled = [line for line in lines if line.strip()]

    def agreement(sign: str) -> tuple[int, int]:
        counts = [line.count(sign) for line in filled if sign in line]
        usual = max(set(counts), key=counts.count, default=0)
        return counts.count(usual), usual

    return max(DELIMITERS, key=lambda sign: (agreement(sign)[0], -DELIMITERS.index(sign)))


def of_spreadsheet(path: Path, limits: Limits) -> Iterator[Grid]:
    """The sheets of an .xlsx. openpyxl reads them row by row; formulas stay the text they are."""
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        # Opened by us: openpyxl judges a path by its suffix, and ours has none.
        book = openpyxl.load_workbook(path.open("rb"), read_only=True, data_only=False, keep_links=False)
        for sheet in book.worksheets[: limits.layers]:
            sheet.reset_dimensions()  # what the file claims of its size is not believed
            rows = [trimmed([told(cell) for cell in row], limits) for row in sheet.iter_rows(values_only=True)]
            yield Grid(safe_name(sheet.title), rows)
    except (InvalidFileException, zipfile.BadZipFile, ParseError, KeyError, ValueError, TypeError, OSError):
        raise Refused("table-broken") from None


def told(value: object) -> Cell:
    """A cell as text. A number is written with a point, all its digits and no exponent."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else format(value, "f").rstrip("0")
    return str(value)


def trimmed(cells: Sequence[Cell], limits: Limits) -> Row:
    """A row without blanks around its cells and without empty cells at its end."""
    row = [cell.strip() or None if cell else None for cell in cells]
    while row and row[-1] is None:
        row.pop()
    if len(row) > limits.fields:
        raise Refused("too-many-fields", limit=limits.fields)
    return row
