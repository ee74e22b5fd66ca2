"""Codes and tokens that only those know who were given them. A code can be read out and typed: no I, L, O or U."""

from __future__ import annotations

import re
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH, GROUP = 16, 4  # five bits a sign: 80 bits
_ALIKE = str.maketrans("OIL", "011")


def new_code() -> str:
    """Sixteen signs, stored without dashes."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def new_token() -> str:
    """For addresses nobody types: 192 bits."""
    return secrets.token_urlsafe(24)


def shown(code: str) -> str:
    """With a dash after every fourth sign."""
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def understood(typed: str) -> str | None:
    """The code as stored, however it was typed; None when it cannot be one."""
    code = re.sub(r"[\s–—-]", "", typed.upper()).translate(_ALIKE)
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else None
