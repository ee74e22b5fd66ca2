-- Where a typed shape lies when it is read in each of several systems, and how far its corners then are from the
-- boundaries of parcels. `reach` is how far is looked (m): a corner farther than that has no distance. Of very many
-- corners `most` are asked, spread evenly.
WITH landed AS (
  SELECT place, ST_Transform(ST_SetSRID(ST_GeomFromWKB(%(shape)s::bytea), srid), 9209) AS geom
  FROM unnest(%(systems)s::int[]) WITH ORDINALITY AS given (srid, place)
),
inside AS (
  SELECT place, geom FROM landed
  WHERE ST_Intersects(geom, ST_Transform(ST_MakeEnvelope(%(west)s, %(south)s, %(east)s, %(north)s, 4326), 9209))
    AND ST_Area(geom) > 0
),
numbered AS (
  SELECT place, dumped.geom AS corner, row_number() OVER (PARTITION BY place) AS nth, ST_NPoints(inside.geom) AS count
  FROM inside, ST_DumpPoints(inside.geom) AS dumped
),
asked AS (
  SELECT place, corner,
         (SELECT min(ST_Distance(ST_Boundary(p.geom), corner)) FROM layers_parcel AS p
          WHERE p.until IS NULL AND p.geom && ST_Expand(corner, %(reach)s)) AS miss
  FROM numbered WHERE nth %% greatest(1, count / %(most)s) = 0
),
missed AS (
  SELECT place, CASE WHEN bool_and(miss <= %(reach)s) THEN max(miss) END AS miss FROM asked GROUP BY place
)
SELECT place::int - 1, ST_AsBinary(geom),
       (SELECT name FROM layers_adminunit WHERE until IS NULL AND edition = %(new)s
        AND ST_Intersects(layers_adminunit.geom, ST_PointOnSurface(inside.geom)) ORDER BY feature_id LIMIT 1),
       miss
FROM inside LEFT JOIN missed USING (place)
ORDER BY place
