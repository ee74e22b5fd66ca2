"""One spelling for the many: marks of degrees, words for north and east, and what is said of the system.

Surveyors' words: X is north and Y is east (Thông tư 25/2014/TT-BTNMT); "KTT 105°30'" is a central meridian, "múi 3°"
a zone; B, Đ are bắc (north) and đông (east).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

SIGNS = str.maketrans(
    {
        "º": "°",
        "˚": "°",
        "∘": "°",
        "’": "'",
        "‘": "'",
        "′": "'",
        "´": "'",
        "`": "'",
        "″": '"',
        "“": '"',
        "”": '"',
        "–": "-",
        "—": "-",
        "−": "-",
        "\u00a0": " ",
        "\u202f": " ",
        "đ": "e",
        "Đ": "e",
    }
)
# đ becomes e (east) at once, so "đông" reads "eong" and "độ" reads "eo"; "d" between digits can then only be a degree.
WORDS = (
    (r"\b(?:toa|eiem|vi tri|coordinates?|point|gps|tai|la)\b(?: eo\b| do\b)?", " "),
    (r"\b(?:vi eo|vi do|latitude|lat|northing|north|bac|b)\b\s*[:=]?", " n "),
    (r"\b(?:kinh eo|kinh do|longitude|long|lon|lng|easting|east|eong|dong)\b\s*[:=]?", " e "),
    (r"\b(?:nam|south)\b", " s "),
    (r"\b(?:tay|west|t)\b", " w "),
    (r"(?<=\d)\s*(?:degrees?|deg|eo|do)(?![a-z])", "° "),
    (r"(?<=\d)\s*(?:phut|minutes?|min)(?![a-z])", "' "),
    (r"(?<=\d)\s*(?:giay|seconds?|sec)(?![a-z])", '" '),
    (r"(?<=\d)d\s?(?=\d)", "° "),
    (r"(?<=[°\s]\d\d)m(?=\d)|(?<=[°\s]\d)m(?=\d)", "' "),
    (r"(?P<seconds>' ?\d+(?:[.,]\d+)?)\s*s(?![a-z])", r'\g<seconds>" '),
    (r"(?<=\d)\s?''", '" '),
    (r"(?<=\d)\s*(?:m|met|metres?)\b", " "),
    (r"(?<=[\d\"'°])\s*[bn]\s*e$", ""),
    (r"(?<=\d)[b](?![a-z])", " n "),
    (r"(?<=\d)(?P<way>[nesw])(?![a-z])", r" \g<way> "),
    (r"(?<=\d)d(?![a-z\d])", " e "),
    (r"(?<![a-z])(?P<way>[nesw])(?=\d)", r" \g<way> "),
    (r"(?<![a-z])[bd](?=\d)", lambda found: " n " if found[0] == "b" else " e "),
    (r"(?<![a-z])d(?![a-z])", " e "),
    (r"(?<![a-z])[xy]\s*(?:\(m\))?\s*[:=]?(?![a-z])", " | "),
    (r"(?<![a-z])(?P<way>[nesw])\s*[:=]", r" \g<way> "),
    (r"[()\[\]{}&]", " "),
    (r"(?<=\d)o(?=[\do.,\s]|$)", "0"),
    (r"(?<=\d)[li](?=[\d.,\s]|$)", "1"),
)
HINTS = (
    ("epsg", r"\bepsg\s*:?\s*(?P<epsg>\d{4,5})\b"),
    ("decimal", r"\b(?:ktt|kinh tuyen(?: truc)?|central meridian)\s*:?\s*(?P<whole>1\d\d[.,]\d{1,2})(?!\d)°?"),
    (
        "meridian",
        r"\b(?:ktt|kinh tuyen(?: truc)?|central meridian)\s*:?\s*(?P<degrees>1\d\d)"
        r"(?:\s*(?:°|-|\beo\b|\s)\s*(?P<minutes>\d\d)(?!\d)\s*(?:'|phut)?|\s*°|(?=\D|$))",
    ),
    ("six", r"\b(?:utm|wgs\s*84\s*/\s*utm)?\s*(?:zone|mui)\s*(?:utm\s*)?4[89]\s*n?\b|\butm(?:\s*4[89]\s*n?)?\b"),
    ("zone", r"\bmui\s*(?:chieu\s*)?(?P<zone>[36])(?!\d)\s*(?:°|\beo\b|\bdo\b)?"),
    ("wgs", r"\bwgs\s*-?\s*(?:19)?84\b"),
    ("vn2000", r"\bvn\s*-?_?\s*2000\b|\bvn2k\b|\bhe\b"),
)


@dataclass(frozen=True)
class Hints:
    """What the text itself says of its system: an EPSG code, a central meridian (degrees), a zone's width, a datum."""

    epsg: int | None = None
    meridian: float | None = None
    zone_width: int | None = None
    datum: str | None = None


def folded(text: str) -> tuple[str, Hints]:
    """The text in the one spelling, without the words about its system, and these as hints."""
    plain, hints = _without_hints(unmarked(text), Hints())
    for pattern, replacement in WORDS:
        plain = re.sub(pattern, replacement, plain)
    return " ".join(plain.split()).strip(" ,;:.|"), hints


def heard(lines: Sequence[str]) -> tuple[list[str], Hints]:
    """The lines of a table with the words about its system blanked, and these as hints of all of it together."""
    hints, kept = Hints(), []
    for line in lines:
        typed = unicodedata.normalize("NFC", line)
        plain = unmarked(typed)
        rest, hints = _without_hints(plain, hints)
        # A mark that stands alone has no letter of its own: then the places differ, and the plain line has to do.
        same = len(rest) == len(typed)
        kept.append(
            "".join(" " if left != before else sign for left, before, sign in zip(rest, plain, typed, strict=True))
            if same
            else rest
        )
    return kept, hints


def unmarked(text: str) -> str:
    """Small letters without marks, and one sign for each kind of degree, minute and dash; đ reads e (east)."""
    plain = unicodedata.normalize("NFC", text).translate(SIGNS).lower()
    return "".join(sign for sign in unicodedata.normalize("NFD", plain) if not unicodedata.combining(sign))


def _without_hints(plain: str, hints: Hints) -> tuple[str, Hints]:
    for name, pattern in HINTS:
        for found in re.finditer(pattern, plain):
            hints = _heard(hints, name, found)
        plain = re.sub(pattern, lambda found: " " * len(found[0]), plain)
    return plain, hints


def _heard(hints: Hints, name: str, found: re.Match[str]) -> Hints:
    if name == "epsg":
        return replace(hints, epsg=int(found["epsg"]))
    if name == "decimal":
        return replace(hints, meridian=float(found["whole"].replace(",", ".")))
    if name == "meridian":
        return replace(hints, meridian=int(found["degrees"]) + int(found["minutes"] or 0) / 60)
    if name in ("six", "zone"):
        return replace(hints, zone_width=int(found["zone"]) if name == "zone" else 6)
    return replace(hints, datum="WGS 84" if name == "wgs" else hints.datum or "VN-2000")
