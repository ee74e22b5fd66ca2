"""The default demo, planned and drawn once for all tests."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest

from importers.demo import layout, parcels, sheets

SIZE = 20_000


@pytest.fixture(scope="session")
def plan() -> layout.Plan:
    return layout.plan(SIZE)


@pytest.fixture(scope="session")
def numbered(plan: layout.Plan) -> sheets.Sheets:
    return sheets.number_sheets(plan)


@pytest.fixture(scope="session")
def drawn(plan: layout.Plan, numbered: sheets.Sheets) -> gpd.GeoDataFrame:
    """All parcels of the first edition."""
    communes = range(len(plan.cells.communes))
    return pd.concat([parcels.of_commune(plan, numbered, index) for index in communes], ignore_index=True)
