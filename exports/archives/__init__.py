"""A layer's tiles rendered ahead: one PMTiles archive (version 3) a revision, named like its tile address.

Archives lie in `<data>/tiles/<layer>/<revision>-<token>.pmtiles`. What an archive holds is sent as it lies there,
compressed; what it does not hold the database answers, so nothing waits for an archive and none is ever missed.
"""

from __future__ import annotations

from pathlib import Path

from django.conf import settings


def folder_of(slug: str) -> Path:
    return Path(settings.DATA_DIR) / "tiles" / slug


def path_of(slug: str, address: str) -> Path:
    """Where the archive of a layer's tile address (`<revision>-<token>`) lies, once it is rendered."""
    return folder_of(slug) / f"{address}.pmtiles"
