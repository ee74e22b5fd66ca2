-- The parcels under a subject and what they share with it. What shares less than 1 m² and less than 1 % of the parcel is
-- the rounding of corners, not ground.
WITH site AS (
  SELECT geom, ST_Area(geom) AS area FROM {subject}
),
touched AS (
  SELECT p.row_id, p.feature_id, p.commune_code, p.sheet_no, p.parcel_no, p.accuracy_m, p.purposes, p.geom
  FROM layers_parcel AS p, site
  WHERE p.until IS NULL AND p.since <= %(snapshot)s AND p.geom && site.geom AND ST_Intersects(site.geom, p.geom)
  UNION ALL
  SELECT p.row_id, p.feature_id, p.commune_code, p.sheet_no, p.parcel_no, p.accuracy_m, p.purposes, p.geom
  FROM layers_parcel AS p, site
  WHERE p.until > %(snapshot)s AND p.since <= %(snapshot)s AND p.geom && site.geom AND ST_Intersects(site.geom, p.geom)
),
under AS (
  SELECT touched.*, ST_Area(touched.geom) AS parcel_area, site.area AS site_area,
         CASE WHEN ST_Covers(site.geom, touched.geom) THEN ST_Area(touched.geom)
              ELSE ST_Area(ST_Intersection(touched.geom, site.geom)) END AS shared
  FROM touched, site
),
counted AS (
  SELECT *, count(*) OVER () AS total, sum(shared) OVER () AS total_shared FROM under
  WHERE shared >= least(1, 0.01 * parcel_area)
)
SELECT counted.row_id, counted.feature_id, counted.commune_code, coalesce(unit.name, counted.commune_code), sheet_no,
       parcel_no, counted.accuracy_m, purposes, round(parcel_area::numeric, 1), round(shared::numeric, 1),
       least(100, round((100 * shared / parcel_area)::numeric, 2)),
       least(100, round((100 * shared / site_area)::numeric, 2)), total, round(total_shared::numeric, 1)
FROM (SELECT * FROM counted ORDER BY shared DESC, feature_id LIMIT %(most)s) AS counted
LEFT JOIN layers_adminunit AS unit
  ON unit.until IS NULL AND unit.edition = %(new)s AND unit.code = counted.commune_code
ORDER BY shared DESC, counted.feature_id
