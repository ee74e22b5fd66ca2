"""Quiet tints for land kinds: the official colours, softened with the paper of the map."""

from __future__ import annotations

from functools import cache

from layers import codes

PAPER = (244, 240, 230)
STRENGTH = 0.34


@cache
def land_use() -> dict[str, str]:
    """Land-use code -> #rrggbb; the newest vocabulary's where several know the code."""
    coloured = [entry for entry in codes.entries("land_use") if entry.colour]
    return {entry.code: softened(entry.colour) for entry in reversed(coloured)}


def softened(colour: str) -> str:
    strong = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{round(s * STRENGTH + p * (1 - STRENGTH)):02x}" for s, p in zip(strong, PAPER, strict=True))
