"""The names of a layer's columns on their way out: personal ones stay behind, equal ones are told apart."""

from importers.reader.limits import Limits
from importers.reader.outcome import Refused
from importers.reader.personal import Personal
from importers.reader.stream import Account

GEOMETRY = "geometry"  # taken by the frame


class Columns:
    """Gives each delivered column its name in the frame, once; None means that it is not handed over."""

    def __init__(self, personal: Personal, account: Account, limits: Limits) -> None:
        self._personal = personal
        self._account = account
        self._limit = limits.fields
        self._by_key: dict[object, str | None] = {}
        self._taken = {GEOMETRY}

    def name(self, name: str, position: int | None = None) -> str | None:
        """The frame's name for a column; `position` tells columns of the same name apart."""
        key = (name, position)
        if key not in self._by_key:
            self._by_key[key] = self._new(name)
        return self._by_key[key]

    def _new(self, name: str) -> str | None:
        if len(self._by_key) >= self._limit:
            raise Refused("too-many-fields", limit=self._limit)
        if name in self._personal:
            self._account.dropped.append(name)
            return None
        free, number = name, 2
        while free in self._taken:
            free, number = f"{name}#{number}", number + 1
        if free != name:
            self._account.tell("field-renamed", name=name, given=free)
        self._taken.add(free)
        return free
