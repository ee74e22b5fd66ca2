"""The tables of what goes out: sheets that were issued, and the certificates they were signed with."""

from exports.sheets.stored import Certificate, Sheet

__all__ = ["Certificate", "Sheet"]
