-- Zones in force that do not touch a subject but lie within so many metres of it.
WITH site AS (
  SELECT geom, ST_Expand(geom, %(reach)s) AS around FROM {subject}
),
piece AS (
  SELECT z.layer, z.row_id, z.geom FROM layers_zonepiece AS z, site
  WHERE z.until IS NULL AND z.since <= %(snapshot)s AND z.geom && site.around AND z.state = %(in_force)s
    AND (z.valid_from IS NULL OR z.valid_from <= %(day)s) AND (z.valid_until IS NULL OR z.valid_until >= %(day)s)
  UNION ALL
  SELECT z.layer, z.row_id, z.geom FROM layers_zonepiece AS z, site
  WHERE z.until > %(snapshot)s AND z.since <= %(snapshot)s AND z.geom && site.around AND z.state = %(in_force)s
    AND (z.valid_from IS NULL OR z.valid_from <= %(day)s) AND (z.valid_until IS NULL OR z.valid_until >= %(day)s)
),
near AS (
  SELECT layer, row_id, min(ST_Distance(piece.geom, site.geom)) AS distance FROM piece, site
  WHERE layer = ANY(%(layers)s::text[])
  GROUP BY layer, row_id
)
SELECT layer, row_id, round(distance::numeric, 2) FROM near
WHERE distance > 0 AND distance <= %(reach)s
ORDER BY layer, distance, row_id
