"""Systems of coordinates: the ones we read, what a file says, what its places say, the one way to the storage plane."""

from importers.crs.declared import Declared, identify
from importers.crs.operation import OPERATION, STORAGE_EPSG, to_storage
from importers.crs.propose import Proposal, rank, settled
from importers.crs.systems import SYSTEMS, System, named

__all__ = [
    "OPERATION",
    "STORAGE_EPSG",
    "SYSTEMS",
    "Declared",
    "Proposal",
    "System",
    "identify",
    "named",
    "rank",
    "settled",
    "to_storage",
]
