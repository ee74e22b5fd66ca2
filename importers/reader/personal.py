"""Which columns hold personal data, whatever the case, marks and encoding of their names.

The names themselves are declared by the layers; the reader only compares. A name cut to the ten
characters of a DBF counts too, and a name typed in TCVN3 or VNI fonts, which a DBF hands us as Latin-1 signs.
"""

import unicodedata
from collections.abc import Iterator

DBF_NAME_LENGTH = 10
SHORTEST_CUT = 5  # letters left of a cut name; fewer would fit too many other names

# Letter without marks -> its bytes in the .Vn fonts (TCVN 5712, the 74 bytes those fonts use), in hexadecimal.
_TCVN3 = {
    "a": "a1a2a8a9b5b6b7b8b9bbbcbdbec6c7c8c9cacb",
    "d": "a7ae",
    "e": "a3aacccecfd0d1d2d3d4d5d6",
    "i": "d7d8dcddde",
    "o": "a4a5abacdfe1e2e3e4e5e6e7e8e9eaebecedee",
    "u": "a6adeff1f2f3f4f5f6f7f8f9",
    "y": "fafbfcfdfe",
}

# The same for VNI fonts: letters that stand alone. Any other sign above 0x7F only marks the letter before it.
_VNI = {
    "d": "d1f1",
    "i": "c6cccdd2d3e6ecedf2f3",
    "o": "d4f4",
    "u": "d6f6",
    "y": "ceee",
}


def _table(letters: dict[str, str], otherwise: str | None) -> dict[int, str]:
    """A str.translate table from Latin-1 signs; signs that are no letter become `otherwise` (None: stay)."""
    table = {} if otherwise is None else dict.fromkeys(range(0x80, 0x100), otherwise)
    for letter, codes in letters.items():
        table.update(dict.fromkeys(bytes.fromhex(codes), letter))
    return table


_FROM_TCVN3 = _table(_TCVN3, None)
_FROM_VNI = _table(_VNI, "")


def fold(name: str) -> str:
    """Small letters without marks; only letters and digits: "Tên chủ" and "TEN_CHU" are both "tenchu"."""
    plain = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    return "".join(sign for sign in plain if sign.isascii() and sign.isalnum())


def readings(name: str) -> Iterator[str]:
    """The name, and what it is where its letters are those of an old font or another encoding."""
    yield name
    yield name.translate(_FROM_TCVN3)
    yield name.translate(_FROM_VNI)
    for encoding in ("utf-8", "cp1258"):
        yield name.encode("latin-1", "ignore").decode(encoding, "ignore")


class Personal:
    """The set of personal column names, folded once."""

    def __init__(self, names: frozenset[str]) -> None:
        self._names = {fold(name) for name in names} - {""}

    def __contains__(self, name: str) -> bool:
        """True when the column must not leave the file. A name that looks cut is compared as the start of one."""
        looks_cut = DBF_NAME_LENGTH - 1 <= len(name) <= DBF_NAME_LENGTH
        for reading in {fold(reading) for reading in readings(name)}:
            if reading in self._names:
                return True
            if looks_cut and len(reading) >= SHORTEST_CUT and any(n.startswith(reading) for n in self._names):
                return True
        return False

    def scrub(self, value: object) -> object:
        """The value of a JSON property without the personal members of any object inside it."""
        if isinstance(value, dict):
            return {key: self.scrub(inner) for key, inner in value.items() if key not in self}
        if isinstance(value, list):
            return [self.scrub(inner) for inner in value]
        return value
