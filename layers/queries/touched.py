"""Which tiles of a zoom a layer's shapes touch: where rendering ahead has to begin."""

from __future__ import annotations

from django.db import connections
from django.db.backends.postgresql.psycopg_any import sql

from layers.declare import Layer
from layers.queries.tiles import HALF_WORLD

# Looks at every row of a layer, which no visitor's connection would have the time for.
CONNECTION = "publish"

TOUCHED = """
SELECT DISTINCT x, y FROM (
  SELECT geom_3857 FROM {table} WHERE until IS NULL AND since <= %(revision)s
  UNION ALL
  SELECT geom_3857 FROM {table} WHERE until > %(revision)s AND since <= %(revision)s
) AS row,
  generate_series(floor((ST_XMin(geom_3857) + %(half)s) / %(width)s)::int,
                  floor((ST_XMax(geom_3857) + %(half)s) / %(width)s)::int) AS x,
  generate_series(floor((%(half)s - ST_YMax(geom_3857)) / %(width)s)::int,
                  floor((%(half)s - ST_YMin(geom_3857)) / %(width)s)::int) AS y
ORDER BY x, y
"""


def touched(layer: Layer, revision: int, zoom: int) -> list[tuple[int, int]]:
    """Columns and rows (x, y) of the zoom's tiles that the layer's shapes touch as of a revision."""
    values = {"revision": revision, "half": HALF_WORLD, "width": 2 * HALF_WORLD / 2**zoom}
    with connections[CONNECTION].cursor() as cursor:
        cursor.execute(sql.SQL(TOUCHED).format(table=sql.Identifier(layer.table)), values)
        return [(x, y) for x, y in cursor.fetchall()]
