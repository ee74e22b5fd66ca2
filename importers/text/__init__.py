"""What the letters of a delivery mean: Vietnamese text came in six encodings, often several in one table."""

from importers.text.choose import Choice, choose
from importers.text.clean import clean
from importers.text.encodings import ENCODINGS, UNDECODED, decode, encoding_named

__all__ = ["ENCODINGS", "UNDECODED", "Choice", "choose", "clean", "decode", "encoding_named"]
