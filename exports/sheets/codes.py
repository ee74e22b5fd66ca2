"""The code of a sheet: 16 signs of 32, 80 bits of chance, nothing of the parcel or of whoever asked in them."""

from __future__ import annotations

import secrets

# Crockford's alphabet: no I, L, O, U. Whoever reads a code aloud or types it off paper may mix them up.
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH, GROUP = 16, 4
MIXED_UP = str.maketrans({"I": "1", "L": "1", "O": "0"})


def new_code() -> str:
    return "".join(secrets.choice(SIGNS) for _ in range(LENGTH))


def understood(text: str) -> str:
    """The code somebody typed, as it is stored; "" when it cannot be one."""
    code = "".join(text.upper().split()).replace("-", "").translate(MIXED_UP)
    return code if len(code) == LENGTH and set(code) <= set(SIGNS) else ""


def written(code: str) -> str:
    """A code as people read it: 7K2M-9QXD-4T6R-W8NB."""
    return "-".join(code[i : i + GROUP] for i in range(0, len(code), GROUP))
