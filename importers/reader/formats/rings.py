"""Delivered WKB as GEOS will take it: flat, rings closed, nothing dropped and nothing left over."""

import numpy as np
import shapely
from numpy.typing import NDArray

from importers.reader.outcome import Refused
from importers.reader.stream import Account


class Shapes:
    """Parses WKB of a file chunk by chunk and notes rings that had to be closed and heights left out."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._closed: list[int] = []
        self._heights = False

    def parse(self, shapes: list[bytes | None], rows: list[int]) -> NDArray[np.object_]:
        """Geometries as delivered, heights included; raises Refused for a shape that is broken or unfinished."""
        wkb = np.array(shapes, dtype=object)
        made = np.asarray(shapely.from_wkb(wkb, on_invalid="ignore"), dtype=object)
        for at in np.flatnonzero(wkb != None):  # noqa: E711 an array is compared
            if made[at] is None:
                made[at] = shapely.from_wkb(wkb[at], on_invalid="fix")
                self._closed.append(rows[at])
            if made[at] is None or made[at].is_empty:
                raise Refused("geometry-broken", row=rows[at])
        return made

    def flat(self, made: NDArray[np.object_]) -> list[bytes | None]:
        """The same as WKB in two dimensions."""
        self._heights |= bool(shapely.has_z(made).any() or shapely.has_m(made).any())
        return list(shapely.to_wkb(shapely.force_2d(made), flavor="iso", byte_order=1))

    def finish(self) -> None:
        """Tell what was noted."""
        self._account.tell_rows("rings-closed", self._closed)
        if self._heights:
            self._account.tell("height-dropped")
