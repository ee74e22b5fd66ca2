-- The parcels under a subject and what they share with it. What shares less than 1 m² and less than 1 % of the parcel is
-- the rounding of corners, not ground.
WITH site AS (
  SELECT geom, ST_Area(geom) AS area FROM {subject}
),
touched AS MATERIALIZED (
  SELECT p.row_id, ST_Area(p.geom) AS parcel_area,
         CASE WHEN ST_Covers(site.geom, p.geom) THEN ST_Area(p.geom)
              WHEN ST_Intersects(site.geom, p.geom) THEN ST_Area(ST_Intersection(p.geom, site.geom)) ELSE 0 END AS shared
  FROM layers_parcel AS p, site WHERE p.until IS NULL AND p.since <= %(snapshot)s AND p.geom && site.geom
  UNION ALL
  SELECT p.row_id, ST_Area(p.geom),
         CASE WHEN ST_Covers(site.geom, p.geom) THEN ST_Area(p.geom)
              WHEN ST_Intersects(site.geom, p.geom) THEN ST_Area(ST_Intersection(p.geom, site.geom)) ELSE 0 END
  FROM layers_parcel AS p, site WHERE p.until > %(snapshot)s AND p.since <= %(snapshot)s AND p.geom && site.geom
),
counted AS (
  SELECT *, count(*) OVER () AS total, sum(shared) OVER () AS total_shared FROM touched
  WHERE shared > 0 AND shared >= least(1, 0.01 * parcel_area)
  ORDER BY shared DESC, row_id LIMIT %(most)s
)
SELECT p.row_id, p.feature_id, p.commune_code, coalesce(unit.name, p.commune_code), sheet_no, parcel_no,
       p.accuracy_m, purposes::text, round(parcel_area::numeric, 1), round(shared::numeric, 1),
       least(100, round((100 * shared / parcel_area)::numeric, 2)),
       least(100, round((100 * shared / site.area)::numeric, 2)), total, round(total_shared::numeric, 1)
FROM site, counted JOIN layers_parcel AS p USING (row_id)
LEFT JOIN layers_adminunit AS unit ON unit.until IS NULL AND unit.edition = %(new)s AND unit.code = p.commune_code
ORDER BY shared DESC, p.feature_id
