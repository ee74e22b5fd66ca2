"""Opens anyone's vector file safely. Knows no table and no layer; docs/reading.md tells how."""

from importers.reader.limits import OFFICER, Limits
from importers.reader.outcome import Notice, Refused
from importers.reader.reading import Reading, read
from importers.reader.sandbox import is_network_cut_off

__all__ = ["OFFICER", "Limits", "Notice", "Reading", "Refused", "is_network_cut_off", "read"]
