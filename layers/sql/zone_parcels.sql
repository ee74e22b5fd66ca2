-- Which parcels of a subject each zone near it touches. Of a parcel that reaches beyond the subject only the part within
-- counts. `rows` are the parcels' rows, `whole` whether all of each lies inside.
-- The few zones near all of them are looked up once, not for each parcel; only parcels near one of them are cut.
WITH site AS (
  SELECT geom FROM {subject}
),
parcel AS MATERIALIZED (
  SELECT p.feature_id, p.geom, given.whole, given.place
  FROM unnest(%(rows)s::bigint[], %(whole)s::bool[]) WITH ORDINALITY AS given (row_id, whole, place)
  JOIN layers_parcel AS p USING (row_id)
),
around AS (
  SELECT ST_SetSRID(ST_Extent(geom)::geometry, max(ST_SRID(geom))) AS box FROM parcel
),
piece AS MATERIALIZED (
  SELECT z.layer, z.row_id, z.geom FROM layers_zonepiece AS z, around
  WHERE z.until IS NULL AND z.since <= %(snapshot)s AND z.geom && around.box AND z.layer = ANY(%(layers)s::text[])
  UNION ALL
  SELECT z.layer, z.row_id, z.geom FROM layers_zonepiece AS z, around
  WHERE z.until > %(snapshot)s AND z.since <= %(snapshot)s AND z.geom && around.box
    AND z.layer = ANY(%(layers)s::text[])
),
under AS MATERIALIZED (
  SELECT feature_id, place, CASE WHEN whole THEN parcel.geom ELSE ST_Intersection(parcel.geom, site.geom) END AS geom
  FROM parcel, site
  WHERE EXISTS (SELECT FROM piece WHERE piece.geom && parcel.geom)
),
touched AS (
  SELECT DISTINCT piece.layer, piece.row_id, under.feature_id, under.place
  FROM piece JOIN under ON piece.geom && under.geom AND ST_Intersects(piece.geom, under.geom)
)
SELECT layer, row_id, array_agg(feature_id ORDER BY place)
FROM touched
GROUP BY layer, row_id
