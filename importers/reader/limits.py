"""How much of a file we are willing to read, and what the child process may use."""

from dataclasses import dataclass

MEGABYTE = 2**20
GIGABYTE = 2**30


@dataclass(frozen=True)
class Limits:
    """Sizes in bytes, times in seconds."""

    file: int = 200 * MEGABYTE
    entries: int = 2_000
    directory: int = 32 * MEGABYTE
    unpacked: int = 2 * GIGABYTE
    ratio: int = 200
    ratio_free: int = 64 * MEGABYTE  # tables are mostly blanks: up to this size any ratio is honest
    layers: int = 200

    features: int = 1_000_000
    vertices: int = 500_000  # of one geometry
    rings: int = 20_000  # of one geometry
    fields: int = 200
    cell: int = 4_096  # bytes of UTF-8 text
    stream: int = GIGABYTE  # what the child may hand over in all

    processor: int = 60
    wall: int = 90
    memory: int = 2 * GIGABYTE  # address space; Python, NumPy, shapely and GDAL take 0.4 GiB of it at start
    open_files: int = 256
    written: int = 256 * MEGABYTE
    require_namespace: bool = False  # refuse to read where the child cannot be cut off from the network


OFFICER = Limits()
# A visitor sends the outline of one site; whatever is larger is no site, or not his to try our machine with.
PUBLIC = Limits(
    file=5 * MEGABYTE,
    entries=50,
    directory=MEGABYTE,
    unpacked=20 * MEGABYTE,
    ratio_free=8 * MEGABYTE,
    layers=20,
    features=1_000,
    vertices=20_000,
    rings=500,
    fields=100,
    stream=32 * MEGABYTE,
    processor=8,
    wall=12,
    memory=GIGABYTE,
    open_files=64,
    written=16 * MEGABYTE,
)
