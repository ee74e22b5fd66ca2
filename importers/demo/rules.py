"""The demo's tables of rules: visibly made up (codes MH.…, "minh họa"), no statement of what the law allows."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pandas as pd

TABLES: Final = Path(__file__).parent / "tables"


def table(slug: str) -> pd.DataFrame:
    """The rows of a layer of rules as text; an empty cell is a missing value where the column is a day or a number."""
    rows = pd.read_csv(TABLES / f"{slug}.csv", dtype=str, keep_default_na=False)
    empty = [name for name in ("working_days", "edition_date", "edition_until") if name in rows]
    return rows.assign(**{name: rows[name].replace("", None) for name in empty})
