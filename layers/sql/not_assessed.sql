-- The ground of the province split in two: where every asked layer was surveyed, and the rest, where nobody may say
-- "allowed". Both as GeoJSON in degrees (WGS 84), six decimals.
WITH province AS (
  SELECT ST_Union(geom) AS geom FROM layers_adminunit
  WHERE edition = %(edition)s AND since <= %(at)s AND (until IS NULL OR until > %(at)s)
), covered AS (
  SELECT ST_Union(c.geom) AS geom
  FROM unnest(%(layers)s::text[]) AS asked (layer)
  LEFT JOIN layers_coverage c
    ON c.layer = asked.layer AND c.since <= %(at)s AND (c.until IS NULL OR c.until > %(at)s)
  GROUP BY asked.layer
), missing AS (
  SELECT ST_Union(CASE WHEN c.geom IS NULL THEN p.geom ELSE ST_Difference(p.geom, c.geom) END) AS geom
  FROM covered c CROSS JOIN province p
), halves AS (
  SELECT ST_Difference(p.geom, m.geom) AS assessed, m.geom AS missing FROM province p CROSS JOIN missing m
)
SELECT CASE WHEN NOT ST_IsEmpty(assessed) THEN ST_AsGeoJSON(ST_Transform(assessed, 4326), 6) END,
       CASE WHEN NOT ST_IsEmpty(missing) THEN ST_AsGeoJSON(ST_Transform(missing, 4326), 6) END
FROM halves
