"""Features as they are gathered into chunks: properties become text, absent ones None."""

import json
from typing import Any

from importers.reader.formats.columns import Columns
from importers.reader.formats.job import Job
from importers.reader.outcome import Refused
from importers.reader.personal import Personal
from importers.reader.stream import Account, Chunk, Text
from importers.reader.structure.jsontext import Number

CHUNK = 5_000


def text(value: Any) -> Text:
    """A JSON value as the text it was written with; objects and arrays as JSON."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, Number):
        return value.text
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return json.dumps(value, ensure_ascii=False)


class Features:
    """Gathers features one by one and gives them away as chunks."""

    def __init__(self, job: Job, account: Account) -> None:
        self._account = account
        self._limits = job.limits
        self._personal: Personal = job.personal
        self._columns = Columns(self._personal, account, job.limits)
        self._start()

    def _start(self) -> None:
        self._rows: list[int] = []
        self._cells: dict[str, list[Text]] = {}
        self._shapes: list[bytes | None] = []

    @property
    def full(self) -> bool:
        return len(self._rows) >= CHUNK

    def next_row(self) -> int:
        """Number of the feature that comes now, from 1; raises Refused beyond the limit."""
        if self._account.features >= self._limits.features:
            raise Refused("too-many-features", limit=self._limits.features)
        self._account.features += 1
        return self._account.features

    def add(self, row: int, properties: dict[str, Any], shape: bytes | None) -> None:
        """Add a feature; personal properties are left out here."""
        self._account.geometries += shape is not None
        for key, value in properties.items():
            if name := self._columns.name(key):
                column = self._cells.setdefault(name, [None] * len(self._rows))
                if len(column) == len(self._rows):
                    column.append(text(self._personal.scrub(value)))
        self._rows.append(row)
        self._shapes.append(shape)
        for column in self._cells.values():
            if len(column) < len(self._rows):
                column.append(None)

    def take(self) -> Chunk:
        """The features gathered since the last chunk."""
        chunk = Chunk(self._rows, self._cells, self._shapes)
        self._start()
        return chunk
