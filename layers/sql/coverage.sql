-- Where layers were surveyed on a parcel: for each layer the uncovered share, the worst accuracy, and which rows say so.
-- A layer without a row here is not covered at all. An accuracy that neither row nor declaration knows stays NULL.
-- Most layers were surveyed on the very same ground: what is bare of it is measured once, not once a layer.
WITH parcel AS (
  SELECT geom, ST_Area(geom) AS area FROM {subject}
),
declared AS (
  SELECT * FROM unnest(%(layers)s::text[], %(accuracies)s::float8[]) AS t(layer, accuracy_m)
),
piece AS (
  SELECT c.layer, c.row_id, c.accuracy_m, c.geom FROM layers_coveragepiece AS c, parcel
  WHERE c.until IS NULL AND c.since <= %(snapshot)s AND c.geom && parcel.geom AND ST_Intersects(c.geom, parcel.geom)
  UNION ALL
  SELECT c.layer, c.row_id, c.accuracy_m, c.geom FROM layers_coveragepiece AS c, parcel
  WHERE c.until > %(snapshot)s AND c.since <= %(snapshot)s
    AND c.geom && parcel.geom AND ST_Intersects(c.geom, parcel.geom)
),
ground AS MATERIALIZED (
  SELECT layer, array_agg(piece.geom ORDER BY piece.geom) AS shapes,
         array_agg(DISTINCT row_id) AS row_ids,
         CASE WHEN bool_and(coalesce(piece.accuracy_m, declared.accuracy_m) IS NOT NULL)
              THEN max(coalesce(piece.accuracy_m, declared.accuracy_m)) END AS accuracy_m
  FROM piece LEFT JOIN declared USING (layer)
  GROUP BY layer
),
bare AS MATERIALIZED (
  SELECT shapes, CASE WHEN EXISTS (SELECT FROM unnest(shapes) AS shape WHERE ST_Covers(shape, parcel.geom)) THEN 0
                      ELSE ST_Area(ST_Difference(parcel.geom, ST_Union(shapes))) END AS uncovered_m2
  FROM parcel, (SELECT DISTINCT shapes FROM ground) AS surveyed
)
SELECT layer, row_ids, accuracy_m, uncovered_m2, round((100 * uncovered_m2 / area)::numeric, 2) AS uncovered_percent
FROM parcel, ground JOIN bare USING (shapes)
ORDER BY layer
