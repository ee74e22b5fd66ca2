-- Of each commune with a boundary, for each layer: the share that was surveyed, and which coverage rows say so.
-- Ground is united before it is measured, so overlapping surveys count once. Less than a square metre is the rounding of
-- a neighbour's border, not a survey of this commune.
WITH commune AS (
  SELECT code, name, name_folded, geom, ST_Area(geom) AS area FROM layers_adminunit
  WHERE edition = %(edition)s AND since <= %(snapshot)s AND (until IS NULL OR until > %(snapshot)s)
    AND geom IS NOT NULL AND (%(commune)s::text IS NULL OR code = %(commune)s)
),
piece AS (
  SELECT layer, row_id, geom FROM layers_coveragepiece WHERE until IS NULL AND since <= %(snapshot)s
  UNION ALL
  SELECT layer, row_id, geom FROM layers_coveragepiece WHERE until > %(snapshot)s AND since <= %(snapshot)s
),
shared AS (
  SELECT commune.code, piece.layer, piece.row_id,
         CASE WHEN ST_Covers(commune.geom, piece.geom) THEN piece.geom
              ELSE ST_Intersection(piece.geom, commune.geom) END AS geom
  FROM commune JOIN piece ON piece.geom && commune.geom AND ST_Intersects(piece.geom, commune.geom)
  WHERE piece.layer = ANY(%(layers)s)
),
share AS (
  SELECT code, layer, array_agg(DISTINCT row_id) AS row_ids, ST_Area(ST_Union(geom)) AS covered
  FROM shared WHERE ST_Area(geom) > 1 GROUP BY code, layer
)
SELECT commune.code, commune.name, share.layer, share.row_ids,
       least(100, round((100 * share.covered / commune.area)::numeric, 2)) AS covered_percent
FROM commune LEFT JOIN share USING (code)
ORDER BY commune.name_folded, commune.code, share.layer
