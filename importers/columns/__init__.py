"""Columns of a delivery: which field each one means, which hold personal data, which holders are organisations."""

from importers.columns.match import Match, match, readings
from importers.columns.organisations import is_organisation
from importers.columns.personal import PERSONAL_COLUMNS

__all__ = ["PERSONAL_COLUMNS", "Match", "is_organisation", "match", "readings"]
