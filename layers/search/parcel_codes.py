"""The 12-character parcel code ("mã định danh thửa đất"): a GeoHash of a point inside the parcel, in WGS 84.

It is imported as given and never computed here: the circular (Thông tư 19/2026/TT-BNNMT, annex I) fixes no precision
for the point, so two right programs give two codes. Decoding serves to check a code and to find a parcel without one.
"""

from __future__ import annotations

import re
import unicodedata

ALPHABET = "0123456789bcdefghjkmnpqrstuvwxyz"
LENGTH = 12
_CODE = re.compile(rf"[{ALPHABET}]{{{LENGTH}}}", re.IGNORECASE)
# Codes of this part of the world begin so; what does, but is no code, was meant as one.
_MEANT = re.compile(r"w[a-z0-9]{9,13}", re.IGNORECASE)
# What people write around a code, and inside it to read it more easily.
_ANNOUNCED = re.compile(
    r"^(?:m[ãa]|code)(?:\s+(?:số|so|định danh|dinh danh|thửa đất|thua dat|thửa|thua))*\s*:?\s*", re.IGNORECASE
)
_AROUND = " .,;:\"'“”()[]"
# Signs that are read or typed for each other; the first four are in no code at all.
LOOK_ALIKE = {
    "o": "0",
    "i": "1",
    "l": "1",
    "a": "4",
    "s": "5",
    "5": "s",
    "b": "8",
    "8": "b",
    "z": "2",
    "2": "z",
    "g": "9",
}
NEVER = frozenset("ailo")


def code_in(text: str) -> str | None:
    """The code a query consists of, in small letters; None when it is something else."""
    typed = _bare(text)
    has_both = any(sign.isdigit() for sign in typed) and any(sign.isalpha() for sign in typed)
    return typed.lower() if has_both and _CODE.fullmatch(typed) else None


def _bare(text: str) -> str:
    """The code without what announces it, surrounds it or groups its signs."""
    typed = _ANNOUNCED.sub("", unicodedata.normalize("NFC", text).strip(_AROUND)).strip(_AROUND)
    joined = re.sub(r"[\s-]+", "", typed)
    return joined if _MEANT.fullmatch(joined) else typed


def look_alikes(text: str) -> list[str]:
    """The codes that may be meant: with every impossible sign replaced, or else one sign by one that looks like it."""
    typed = _bare(text).lower()
    possible = "".join(LOOK_ALIKE[sign] if sign in NEVER else sign for sign in typed)
    if possible != typed:
        return [possible] if _CODE.fullmatch(possible) else []
    places = (place for place, sign in enumerate(typed) if sign in LOOK_ALIKE)
    return [f"{typed[:place]}{LOOK_ALIKE[typed[place]]}{typed[place + 1 :]}" for place in places]


def is_meant_as_code(text: str) -> bool:
    typed = _bare(text)
    return sum(sign.isdigit() for sign in typed) >= 2 and bool(_MEANT.fullmatch(typed))


def decode(code: str) -> tuple[float, float]:
    """Longitude and latitude (degrees, WGS 84) of the middle of the code's cell, 3.5 cm by 1.9 cm at Thái Bình."""
    limits = [[-180.0, 180.0], [-90.0, 90.0]]
    axis = 0
    for sign in code.lower():
        value = ALPHABET.index(sign)
        for bit in (16, 8, 4, 2, 1):
            low, high = limits[axis]
            limits[axis][0 if value & bit else 1] = (low + high) / 2
            axis = 1 - axis
    (west, east), (south, north) = limits
    return (west + east) / 2, (south + north) / 2
