"""The encodings of Vietnamese text, each a function from delivered signs to letters.

A DBF is read as ISO-8859-1, one sign a byte, so every function here takes such signs. Sources of the tables
(`*.csv` beside this file): the 74 bytes of TCVN 5712 that .Vn fonts use, VNI-Windows, VISCII (RFC 1456); compared
with glibc's iconv and two published tables.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path

UNDECODED = "\ufffd"
_SIGNS_OF_WINDOWS = {
    chr(byte): bytes([byte]).decode("cp1252")
    for byte in (0x80, 0x82, *range(0x84, 0x88), 0x8B, *range(0x91, 0x98), 0x99, 0x9B)
} | {"\xa0": " ", "\xb0": "°", "\xb2": "²", "\xb3": "³", "\xb1": "±"}


@cache
def table(name: str) -> dict[str, str]:
    """Delivered signs -> letter, from `<name>.csv` (columns bytes in hexadecimal, letter)."""
    with (Path(__file__).parent / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return {bytes.fromhex(row["bytes"]).decode("latin-1"): row["letter"] for row in csv.DictReader(file)}


@cache
def _with_capitals(name: str) -> dict[str, str]:
    """The table, and a capital letter before a small mark ("Aù") as well: both are typed."""
    letters = table(name)
    mixed = {signs[0].upper() + signs[1]: letter.upper() for signs, letter in letters.items() if len(signs) == 2}
    return mixed | letters


def _substitute(text: str, letters: dict[str, str]) -> str:
    """Longest match first: in VNI "aâ" is one letter and "aâù" does not exist, but "a" alone is one too."""
    longest = max(map(len, letters))
    result, at = [], 0
    while at < len(text):
        for length in range(longest, 0, -1):
            if letter := letters.get(text[at : at + length]):
                result.append(letter)
                at += length
                break
        else:
            result.append(_plain(text[at]))
            at += 1
    return "".join(result)


def _plain(sign: str) -> str:
    return sign if sign.isascii() else _SIGNS_OF_WINDOWS.get(sign, UNDECODED)


def from_tcvn3(text: str) -> str:
    """0xAD is the letter ư, not a soft hyphen. Capitals with tone do not exist: `_restore_capitals` puts them back."""
    return _restore_capitals(_substitute(text, table("tcvn3")))


def from_vni(text: str) -> str:
    return _substitute(text, _with_capitals("vni"))


def from_viscii(text: str) -> str:
    return _substitute(text, table("viscii"))


def from_cp1258(text: str) -> str:
    """Base letter and combining tone; NFC puts them together. Python decodes: GDAL loses the last letter here."""
    return unicodedata.normalize("NFC", _bytes(text).decode("cp1258", "replace"))


def from_utf8(text: str) -> str:
    return _bytes(text).decode("utf-8", "replace")


def from_latin1(text: str) -> str:
    return _bytes(text).decode("cp1252", "replace")


def as_is(text: str) -> str:
    return text


def _bytes(text: str) -> bytes:
    """The delivered bytes; a sign that is no byte (the text was Unicode after all) can only be a fault: 0x81."""
    return "".join(sign if sign <= "\xff" else "\x81" for sign in text).encode("latin-1")


_WORD = re.compile(r"\w+")
_CAPITAL_THEN_SMALL = re.compile(r"([AĂÂEÊIOÔƠUƯY])([àáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ])")
_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))


def without_tone(text: str) -> str:
    """The letters without their tone; breve, circumflex and horn stay: "ấ" is "â"."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", text).translate(_TONES))


def _restore_capitals(text: str) -> str:
    """ "TRầN" -> "TRẦN": a font whose name ends in H draws the small letter as a capital. Only where the other letters
    are capitals beyond the first, so that "Hà" stays; a neighbour in such a line ("ấP HạNH") follows. "Aá" -> "Á"."""
    text = _CAPITAL_THEN_SMALL.sub(
        lambda pair: pair[2].upper() if without_tone(pair[2]).upper() == pair[1] else pair[0], text
    )
    plain = [sign for sign in text if sign.isascii() and sign.isalpha()]
    in_capitals = [word for word in _WORD.findall(text) if _typed_in_capitals(word)]
    if in_capitals and all(sign.isupper() for sign in plain):
        return text.upper()
    return _WORD.sub(lambda word: word[0].upper() if _typed_in_capitals(word[0]) else word[0], text)


def _typed_in_capitals(word: str) -> bool:
    plain = [at for at, sign in enumerate(word) if sign.isascii() and sign.isalpha()]
    return any(at > 0 for at in plain) and all(word[at].isupper() for at in plain)


ENCODINGS: dict[str, Callable[[str], str]] = {
    "utf-8": from_utf8,
    "tcvn3": from_tcvn3,
    "vni": from_vni,
    "cp1258": from_cp1258,
    "viscii": from_viscii,
    "latin-1": from_latin1,
    "unicode": as_is,
}
_OTHER_NAMES = {
    "utf8": "utf-8", "65001": "utf-8", "cp65001": "utf-8",
    "abc": "tcvn3", "tcvn": "tcvn3", "tcvn5712": "tcvn3", "tcvn-3": "tcvn3",
    "vni-windows": "vni", "vni-win": "vni",
    "1258": "cp1258", "windows-1258": "cp1258", "ansi1258": "cp1258", "ansi 1258": "cp1258",
    "iso-8859-1": "latin-1", "iso8859-1": "latin-1", "iso88591": "latin-1", "88591": "latin-1", "8859-1": "latin-1",
    "latin1": "latin-1", "1252": "latin-1", "cp1252": "latin-1", "windows-1252": "latin-1", "ansi 1252": "latin-1",
}  # fmt: skip


def encoding_named(name: str) -> str | None:
    """Our name of an encoding that a person or a .cpg names, None when we know none of that name."""
    plain = name.strip().lower().replace("_", "-")
    return plain if plain in ENCODINGS else _OTHER_NAMES.get(plain)


def decode(text: str, encoding: str) -> str:
    """The letters in NFC; UNDECODED stands where the encoding has none for what was delivered."""
    return unicodedata.normalize("NFC", text if text.isascii() and encoding != "viscii" else ENCODINGS[encoding](text))
