"""The tables of what goes out: sheets that were issued, the certificates they were signed with, base maps of others."""

from exports.base_maps.stored import BaseMap
from exports.sheets.stored import Certificate, Sheet

__all__ = ["BaseMap", "Certificate", "Sheet"]
