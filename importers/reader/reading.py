"""From a path to a frame: the door, the layer chosen, the child, and the checks on what it hands over."""

import json
import shutil
import struct
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from importers.reader import sandbox, stream
from importers.reader.formats.job import Job
from importers.reader.limits import OFFICER, Limits
from importers.reader.members import Delivery, lay_out
from importers.reader.outcome import Notice, Refused
from importers.reader.receive import is_full

if TYPE_CHECKING:
    import geopandas as gpd

_LONGEST_DETAIL = 2_000


@dataclass(frozen=True)
class Reading:
    """A file that was read.

    `frame`: geometry column "geometry" (flat, in the file's own coordinates, crs None always; None for a null
    shape), index "row" = delivered row number from 1; every other column is text or None exactly as delivered.
    A DBF is opened as ISO-8859-1, one sign a byte: the importer decodes it (`encoding_known` is False).
    `crs_text` is what the file states (WKT of a .prj or GeoPackage, "EPSG:n" of a GeoJSON crs member), or None.
    It is never assumed: a GeoJSON without a crs member gives None, and the importer decides (RFC 7946 would be
    longitude and latitude) by where the coordinates lie.
    `widths`: how many bytes each text column of a DBF holds; of other formats nothing is told.
    """

    frame: "gpd.GeoDataFrame"
    crs_text: str | None
    encoding_known: bool
    declared_encoding: str | None
    driver: str
    members: tuple[str, ...]
    ignored: tuple[str, ...]
    sha256: str
    size: int
    dropped_columns: tuple[str, ...]
    findings: tuple[Notice, ...]
    widths: dict[str, int] = field(default_factory=dict)

    @property
    def columns(self) -> list[str]:
        return [str(name) for name in self.frame.columns if name != "geometry"]


def read(
    path: Path,
    *,
    limits: Limits = OFFICER,
    sublayer: str | None = None,
    personal: frozenset[str] = frozenset(),
    shapes: bool = True,
) -> Reading:
    """Read a delivered file, archive or folder in a child process.

    `sublayer` names the layer where there are several; `personal` the columns that never leave the child. Without
    `shapes` the rows of a table (CSV, XLSX) are records of a layer that has none, under the head of its first row.
    Raises Refused. Nothing is left on disk, whatever happens.
    """
    scratch = Path(tempfile.mkdtemp(prefix="geoportal-reading-"))
    try:
        delivery = lay_out(Path(path), scratch, sublayer, limits)
        job = Job(delivery.format, delivery.files, delivery.sublayer, personal, limits, shapes)
        job.save(scratch / "job.json")
        with sandbox.Child(scratch / "job.json", scratch, limits) as child:
            return _read(child, delivery, limits)
    except OSError as error:
        if is_full(error):
            raise Refused("scratch-full") from None
        raise
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _read(child: sandbox.Child, delivery: Delivery, limits: Limits) -> Reading:
    from importers.reader.frame import Gathering  # GeoPandas: the child, which imports this package, needs none

    gathering = Gathering(limits)
    try:
        for kind, payload in child.frames():
            if kind == stream.CHUNK:
                gathering.add(stream.decode(payload))
            elif kind == stream.REFUSAL:
                raise _refusal(json.loads(payload))
            elif kind == stream.END:
                return _reading(gathering.frame(), stream.Account(**json.loads(payload)), delivery)
    except (ValueError, TypeError, KeyError, struct.error):  # no child of ours says such things
        raise Refused("reader-failed") from None
    raise child.died()


def _refusal(said: dict[str, Any]) -> Refused:
    detail = {str(key): str(value)[:_LONGEST_DETAIL] for key, value in said["detail"].items()}
    return Refused(str(said["code"]), **detail)


def _reading(frame: "gpd.GeoDataFrame", account: stream.Account, delivery: Delivery) -> Reading:
    """Compare what arrived with what the structure check counted: no row and no shape is lost silently."""
    shapes = int(frame.geometry.notna().sum())
    if len(frame) != account.features or shapes != account.geometries:
        raise Refused("geometry-lost", expected=account.geometries, found=shapes)
    notices = [Notice(code, detail) for code, detail in account.notices]
    if not sandbox.namespace_command():
        notices.append(Notice("no-network-namespace"))
    return Reading(
        frame=frame,
        crs_text=account.crs_text,
        encoding_known=account.encoding_known,
        declared_encoding=account.declared_encoding,
        driver=account.driver,
        members=delivery.members,
        ignored=delivery.ignored,
        sha256=delivery.sha256,
        size=delivery.size,
        dropped_columns=tuple(account.dropped),
        findings=tuple(notices),
        widths={str(name): int(width) for name, width in dict(account.widths).items()},
    )
