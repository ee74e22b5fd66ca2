"""The tables of what goes out: sheets that were issued, the certificates they were signed with, base maps of others,
the keys of programs, sites asked by the batch."""

from exports.api_keys.stored import ApiKey
from exports.base_maps.stored import BaseMap
from exports.batches.stored import Batch, BatchRow
from exports.sheets.stored import Certificate, Sheet

__all__ = ["ApiKey", "BaseMap", "Batch", "BatchRow", "Certificate", "Sheet"]
