"""The 12-character parcel code ("mã định danh thửa đất"): a GeoHash of a point inside the parcel, in WGS 84.

It is imported as given and never computed here: the circular (Thông tư 19/2026/TT-BNNMT, annex I) fixes no precision
for the point, so two right programs give two codes. Decoding serves to check a code and to find a parcel without one.
"""

from __future__ import annotations

import re

ALPHABET = "0123456789bcdefghjkmnpqrstuvwxyz"
LENGTH = 12
_CODE = re.compile(rf"[{ALPHABET}]{{{LENGTH}}}", re.IGNORECASE)
# Codes of this part of the world begin so; what does, but is no code, was meant as one.
_MEANT = re.compile(r"w[a-z0-9]{9,13}", re.IGNORECASE)


def code_in(text: str) -> str | None:
    """The code a query consists of, in small letters; None when it is something else."""
    typed = text.strip()
    has_both = any(sign.isdigit() for sign in typed) and any(sign.isalpha() for sign in typed)
    return typed.lower() if has_both and _CODE.fullmatch(typed) else None


def is_meant_as_code(text: str) -> bool:
    typed = text.strip()
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
