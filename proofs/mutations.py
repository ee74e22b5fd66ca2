"""Random damage to small survey files: nothing may pass the reader with a shape lost.

One to three bytes of a good file are changed, with a fixed seed, and the file is read as a delivery would be.
A mutation is `refused`, or it passes `unchanged`, with `changed` values (letters and digits that no arithmetic
can judge), with rows `told` as deleted (one byte of a DBF marks a row so), or with a shape `lost`: never.
"""

import random
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import geopandas as gpd
import shapefile as shp
import shapely
from shapely import affinity

from importers.reader import Reading, Refused, read

SEED = 20261124
WHOLE = 1_500
AT_ONCE = 2
OUTCOMES = ("refused", "unchanged", "changed", "told", "lost")

_BLOB = b"GP\0\x03"  # a geometry with an envelope
_SIGNS = (range(256), range(0x20, 0x7F))

Files = dict[str, bytes]


def parcels() -> gpd.GeoDataFrame:
    """Five parcels in Thái Bình, one of them with a hole and one of two parts (EPSG:9209)."""
    east, north = 585_000.25, 2_262_000.5
    square = shapely.box(0, 0, 20.5, 30.25)
    holed = square.difference(shapely.box(5, 5, 9, 9))
    double = shapely.MultiPolygon([square, shapely.box(0, 40, 10, 50)])
    shapes = [square, holed, double, square, shapely.Polygon([(0, 0), (12, 1), (9, 17)])]
    placed = [affinity.translate(shape, east + 25 * i, north) for i, shape in enumerate(shapes)]
    columns = {
        "SHBANDO": ["12", "12", "12", "13", "13"],
        "SHTHUA": ["1", "2", "3", "4", "5"],
        "DIENTICH": [620.1, 604.0, 720.1, 620.1, 100.5],
        "KHLOAIDAT": ["ONT", "LUC", "ONT+CLN", None, "NTS"],
    }
    return gpd.GeoDataFrame(columns, geometry=placed, crs="EPSG:9209")


# Field widths as survey software writes them: every byte more is one that no arithmetic can judge.
_FIELDS = {"SHBANDO": ("C", 5, 0), "SHTHUA": ("C", 5, 0), "DIENTICH": ("N", 12, 1), "KHLOAIDAT": ("C", 10, 0)}


def shapefile(folder: Path) -> Files:
    """The set of files of a shapefile."""
    frame = parcels()
    with shp.Writer(folder / "thua", shapeType=shp.POLYGON) as writer:
        for name, (kind, width, decimals) in _FIELDS.items():
            writer.field(name, kind, width, decimals)
        for values, shape in zip(frame[list(_FIELDS)].itertuples(index=False), frame.geometry, strict=True):
            writer.record(*values)
            writer.shape(shape)
    return {f"thua{suffix}": (folder / f"thua{suffix}").read_bytes() for suffix in (".shp", ".shx", ".dbf")}


def geopackage(folder: Path) -> Files:
    """The same parcels as a GeoPackage."""
    parcels().to_file(folder / "thua.gpkg", driver="GPKG")
    return {"thua.gpkg": (folder / "thua.gpkg").read_bytes()}


def geojson(folder: Path) -> Files:
    """The same parcels as GeoJSON."""
    parcels().to_file(folder / "thua.geojson", driver="GeoJSON")
    return {"thua.geojson": (folder / "thua.geojson").read_bytes()}


FORMATS: dict[str, Callable[[Path], Files]] = {
    "shapefile": shapefile,
    "GeoPackage": geopackage,
    "GeoJSON": geojson,
}


def heart(content: bytes | bytearray) -> range:
    """Where the parcels stand in a GeoPackage (its page of rows); the whole of any other file."""
    first = content.find(_BLOB)
    if not content.startswith(b"SQLite") or first < 0:
        return range(len(content))
    page = int.from_bytes(content[16:18], "big")
    return range(first // page * page, (content.rfind(_BLOB) // page + 1) * page)


def mutations(files: Files, count: int, seed: int = SEED) -> Iterator[Files]:
    """`count` copies of the files, each with one to three bytes changed.

    Half of the new bytes are plain signs, which keep texts readable. Half of the blows fall where the parcels
    are, and zero bytes are mostly spared: the empty pages of a GeoPackage would take nearly all of them.
    """
    chance = random.Random(seed)  # noqa: S311 damage, not a secret
    names = sorted(files)
    weights = [len(files[name]) for name in names]
    for _ in range(count):
        copy = dict(files)
        for _ in range(chance.randint(1, 3)):
            name = chance.choices(names, weights)[0]
            damaged = bytearray(copy[name])
            span = chance.choice((range(len(damaged)), heart(damaged)))
            at = chance.choice(span)
            while damaged[at] == 0 and chance.random() < 0.9:
                at = chance.choice(span)
            damaged[at] = chance.choice([byte for byte in chance.choice(_SIGNS) if byte != damaged[at]])
            copy[name] = bytes(damaged)
        yield copy


def deliver(files: Files, folder: Path) -> Reading:
    """Read the files as somebody would send them: several of them in a ZIP archive."""
    if len(files) == 1:
        name, content = next(iter(files.items()))
        path = folder / name
        path.write_bytes(content)
    else:
        path = folder / "thua.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in files.items():
                archive.writestr(name, content)
    return read(path)


def outcome(files: Files, original: Reading) -> str:
    """One of OUTCOMES, or the code of the refusal after "refused "."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            found = deliver(files, Path(folder))
        except Refused as refused:
            return f"refused {refused.code}"
    deleted = sum(int(notice.detail["count"]) for notice in found.findings if notice.code == "rows-deleted")
    if len(found.frame) + deleted != len(original.frame):
        return "lost"
    expected = original.frame.geometry.loc[found.frame.index]
    if (found.frame.geometry.isna() | found.frame.geometry.is_empty).any():
        return "lost"
    if deleted:
        return "told"
    same = found.frame.equals(original.frame) and bool(found.frame.geometry.geom_equals_exact(expected, 0).all())
    return "unchanged" if same else "changed"


def run(kind: str, count: int) -> Counter[str]:
    """Outcomes of `count` mutations of one format."""
    with tempfile.TemporaryDirectory() as folder:
        files = FORMATS[kind](Path(folder))
    with tempfile.TemporaryDirectory() as folder:
        original = deliver(files, Path(folder))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return Counter(pool.map(lambda damaged: outcome(damaged, original), mutations(files, count)))


def figures(counted: Counter[str]) -> dict[str, int]:
    """Counts by outcome, refusals together."""
    totals = dict.fromkeys(OUTCOMES, 0)
    for said, number in counted.items():
        totals[said.split()[0]] += number
    return totals


def main() -> None:
    """Run all formats whole, print the figures, and fail when a shape was lost."""
    lost = 0
    print(f"{WHOLE} mutations of each format, seed {SEED}\n")
    print("format      " + "".join(f"{name:>11}" for name in OUTCOMES) + "   refused as")
    for kind in FORMATS:
        counted = run(kind, WHOLE)
        totals = figures(counted)
        lost += totals["lost"]
        codes = Counter({said.removeprefix("refused "): n for said, n in counted.items() if said.startswith("refused")})
        named = ", ".join(f"{code} {number}" for code, number in codes.most_common())
        print(f"{kind:12}" + "".join(f"{totals[name]:>11}" for name in OUTCOMES) + f"   {named}", flush=True)
    sys.exit(1 if lost else 0)


if __name__ == "__main__":
    main()
