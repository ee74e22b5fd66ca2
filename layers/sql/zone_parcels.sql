-- Which parcels of a subject each zone near it touches. Of a parcel that reaches beyond the subject only the part within
-- counts. `rows` are the parcels' rows, `whole` whether all of each lies inside.
WITH site AS (
  SELECT geom FROM {subject}
),
under AS (
  SELECT p.feature_id, CASE WHEN given.whole THEN p.geom ELSE ST_Intersection(p.geom, site.geom) END AS geom
  FROM site, unnest(%(rows)s::bigint[], %(whole)s::bool[]) AS given (row_id, whole) JOIN layers_parcel AS p USING (row_id)
),
touched AS (
  SELECT z.layer, z.row_id, under.feature_id FROM layers_zonepiece AS z JOIN under
    ON z.until IS NULL AND z.since <= %(snapshot)s AND z.geom && under.geom AND ST_Intersects(z.geom, under.geom)
  UNION
  SELECT z.layer, z.row_id, under.feature_id FROM layers_zonepiece AS z JOIN under
    ON z.until > %(snapshot)s AND z.since <= %(snapshot)s AND z.geom && under.geom AND ST_Intersects(z.geom, under.geom)
)
SELECT layer, row_id, array_agg(feature_id ORDER BY array_position(%(order)s::bigint[], feature_id))
FROM touched WHERE layer = ANY(%(layers)s::text[])
GROUP BY layer, row_id
