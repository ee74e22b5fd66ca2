"""A JSON text walked member by member, so that one feature at a time is in memory.

Numbers keep the text they were written with. What JSON does not know (NaN, Infinity) and what would
fill the stack (a thousand brackets) is refused; a key that comes twice counts as its last value.
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from importers.reader.outcome import Refused

DEEPEST = 250  # frames of the interpreter, some of them ours: the decoder takes one a bracket
_BLANK = re.compile(r"[ \t\r\n]*")


class Number(float):
    """A decimal number that remembers how it was written ("12.50")."""

    __slots__ = ("text",)
    text: str


def _number(text: str) -> Number:
    number = Number(text)
    number.text = text
    return number


def _not_a_number(text: str) -> float:
    raise Refused("json-not-a-number")


_DECODER = json.JSONDecoder(parse_float=_number, parse_constant=_not_a_number)


def load(path: Path) -> str:
    """The text of a file in UTF-8; raises Refused when it is in another encoding."""
    sys.setrecursionlimit(DEEPEST)
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("json-not-utf8") from None


class Walk:
    """A position in a JSON text that moves forward over one value after the other."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def members(self) -> Iterator[str]:
        """The keys of the object that starts here. The caller takes each value before asking on."""
        self._expect("{")
        if self._next() == "}":
            self._at += 1
            return
        while True:
            key = self.value()
            if not isinstance(key, str):
                raise self._broken()
            self._expect(":")
            yield key
            if self._comma_or("}"):
                return

    def items(self) -> Iterator[Any]:
        """The values of the array that starts here."""
        self._expect("[")
        if self._next() == "]":
            self._at += 1
            return
        while True:
            yield self.value()
            if self._comma_or("]"):
                return

    def value(self) -> Any:
        """The whole value that starts here."""
        self._next()
        try:
            value, self._at = _DECODER.raw_decode(self._text, self._at)
        except RecursionError:
            raise Refused("json-too-deep") from None
        except json.JSONDecodeError as error:
            self._at = error.pos
            raise self._broken() from None
        except ValueError:  # a whole number of more than 4,300 digits
            raise self._broken() from None
        return value

    def starts(self, sign: str) -> bool:
        """Whether the next value starts with this sign."""
        return self._next() == sign

    def end(self) -> None:
        """Nothing but blanks may follow."""
        if self._next():
            raise self._broken()

    def _next(self) -> str:
        blank = _BLANK.match(self._text, self._at)
        self._at = blank.end() if blank else self._at
        return self._text[self._at : self._at + 1]

    def _expect(self, sign: str) -> None:
        if self._next() != sign:
            raise self._broken()
        self._at += 1

    def _comma_or(self, end: str) -> bool:
        sign = self._next()
        if sign not in (",", end) or not sign:
            raise self._broken()
        self._at += 1
        return sign == end

    def _broken(self) -> Refused:
        line = self._text.count("\n", 0, self._at) + 1
        column = self._at - (self._text.rfind("\n", 0, self._at) + 1) + 1
        return Refused("json-broken", line=line, column=column)
