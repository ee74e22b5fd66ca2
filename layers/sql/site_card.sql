-- A subject's own figures: its area, a point inside it (WGS 84), and the communes of today that hold ground of it.
WITH site AS (
  SELECT geom FROM {subject}
)
SELECT round(ST_Area(geom)::numeric, 1), round(ST_X(inner_point)::numeric, 6)::float8,
       round(ST_Y(inner_point)::numeric, 6)::float8,
       (SELECT coalesce(array_agg(unit.name ORDER BY unit.name), '{}') FROM layers_adminunit AS unit
        WHERE unit.until IS NULL AND unit.edition = %(new)s AND unit.geom && site.geom
          AND ST_Intersects(unit.geom, site.geom) AND NOT ST_Touches(unit.geom, site.geom))
FROM site, LATERAL ST_Transform(ST_PointOnSurface(geom), 4326) AS inner_point
