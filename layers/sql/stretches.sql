-- Which stretches of the borders of one layer's zones, measured better, would make answers of parcels certain. One
-- statement over the present; `importers.publish.stretches` keeps what it finds.
--
-- An answer is that of the layer for a parcel, as the report gives it. It is undecided when some zone is too close to
-- call and none affects the parcel. Every zone's border is cut into equal stretches of at most `longest` metres; a zone
-- that is a point is one stretch without a length. A zone too close to a parcel is near each stretch that lies within
-- their margin m, and is judged again, with the shapes of today, as if the zone, or the parcel, were accurate to
-- `measured` metres. The zone decides the answer when it then affects the parcel, or when it then does not touch it and
-- no other zone of the layer leaves it undecided. An answer counts, for each stretch that is near,
--   won      when its zone decides and this stretch alone is near: measured, it makes the answer certain;
--   shared   when its zone decides and several stretches are near: all of them must be measured;
--   own      when its zone does not, but the parcel's own outline, measured, would;
--   neither  when neither does: both must be measured, or the border runs just along the parcel's.
WITH piece AS (
  SELECT row_id, geom, accuracy_m, whole_parcels FROM layers_zonepiece
  WHERE layer = %(layer)s AND until IS NULL AND since <= %(snapshot)s AND state = %(in_force)s
    AND (valid_from IS NULL OR valid_from <= %(day)s) AND (valid_until IS NULL OR valid_until >= %(day)s)
),
worst AS (
  -- No accuracy that a record, a coverage row or a declaration tells is worse than these.
  SELECT greatest(%(accuracy)s::float8, (SELECT max(accuracy_m) FROM layers_coveragepiece
                                 WHERE layer = %(layer)s AND until IS NULL)) AS zone,
         greatest(%(parcel_accuracy)s::float8, (SELECT max(accuracy_m) FROM layers_parcel WHERE until IS NULL),
                  (SELECT max(accuracy_m) FROM layers_coveragepiece
                   WHERE layer = %(parcels)s AND until IS NULL)) AS parcel
),
zone AS (
  SELECT row_id, max(ST_Dimension(geom)) AS dimension, min(accuracy_m) AS accuracy_m,
         coalesce(min(accuracy_m), min(worst.zone)) + min(worst.parcel) AS reach
  FROM piece, worst WHERE NOT whole_parcels GROUP BY row_id
),
line AS (
  SELECT row_id, (ST_Dump(ST_LineMerge(ST_Collect(edge.geom)))).geom AS geom
  FROM zone JOIN layers_zoneedge AS edge USING (row_id)
  WHERE edge.layer = %(layer)s AND edge.until IS NULL AND dimension = 2 GROUP BY row_id
  UNION ALL
  SELECT row_id, (ST_Dump(piece.geom)).geom FROM zone JOIN piece USING (row_id) WHERE dimension < 2
),
stretch AS MATERIALIZED (
  SELECT row_number() OVER () AS stretch, row_id,
         CASE WHEN parts = 0 THEN geom ELSE ST_LineSubstring(geom, at / parts::float8, (at + 1) / parts::float8) END
           AS geom
  FROM line, LATERAL (SELECT ceil(ST_Length(line.geom) / %(longest)s::float8)::int) AS cut (parts),
       generate_series(0, greatest(parts, 1) - 1) AS at
),
around AS MATERIALIZED (
  SELECT stretch, zone.row_id, parcel.row_id AS parcel, ST_Distance(stretch.geom, parcel.geom) AS distance
  FROM stretch JOIN zone USING (row_id) JOIN layers_parcel AS parcel
    ON parcel.until IS NULL AND parcel.since <= %(snapshot)s
   AND parcel.geom && ST_Expand(stretch.geom, zone.reach) AND ST_DWithin(stretch.geom, parcel.geom, zone.reach)
),
near AS (
  SELECT row_id, parcel, min(distance) AS distance FROM around GROUP BY row_id, parcel
),
known AS MATERIALIZED (
  -- As the report knows it: of the record, else the worst of the coverage rows there, else of the declaration.
  SELECT near.row_id, near.parcel, near.distance, zone.dimension,
         coalesce(zone.accuracy_m, CASE WHEN of_zone.rows = 0 THEN %(accuracy)s::float8 ELSE of_zone.metres END) AS of_zone,
         coalesce(parcel.accuracy_m, CASE WHEN of_parcel.rows = 0 THEN %(parcel_accuracy)s::float8 ELSE of_parcel.metres END)
           AS of_parcel
  FROM near JOIN zone USING (row_id) JOIN layers_parcel AS parcel ON parcel.row_id = near.parcel,
  LATERAL (
    SELECT count(*) AS rows, CASE WHEN bool_and(coalesce(c.accuracy_m, %(accuracy)s::float8) IS NOT NULL)
                                  THEN max(coalesce(c.accuracy_m, %(accuracy)s::float8)) END AS metres
    FROM layers_coveragepiece AS c WHERE zone.accuracy_m IS NULL AND c.layer = %(layer)s AND c.until IS NULL
      AND c.geom && parcel.geom AND ST_Intersects(c.geom, parcel.geom)) AS of_zone,
  LATERAL (
    SELECT count(*) AS rows, CASE WHEN bool_and(coalesce(c.accuracy_m, %(parcel_accuracy)s::float8) IS NOT NULL)
                                  THEN max(coalesce(c.accuracy_m, %(parcel_accuracy)s::float8)) END AS metres
    FROM layers_coveragepiece AS c WHERE parcel.accuracy_m IS NULL AND c.layer = %(parcels)s AND c.until IS NULL
      AND c.geom && parcel.geom AND ST_Intersects(c.geom, parcel.geom)) AS of_parcel
),
pair AS MATERIALIZED (
  SELECT known.*, of_zone + of_parcel AS margin, parcel.geom, coalesce(
    (SELECT ST_CollectionExtract(ST_UnaryUnion(ST_Collect(
              CASE WHEN ST_Covers(z.geom, parcel.geom) THEN parcel.geom ELSE ST_Intersection(z.geom, parcel.geom) END
            )), known.dimension + 1)
     FROM layers_zonepiece AS z WHERE z.layer = %(layer)s AND z.row_id = known.row_id AND z.until IS NULL
       AND z.geom && parcel.geom AND ST_Intersects(z.geom, parcel.geom)), ST_SetSRID('POLYGON EMPTY'::geometry, 9209)) AS inside
  FROM known JOIN layers_parcel AS parcel ON parcel.row_id = known.parcel
  WHERE known.distance <= of_zone + of_parcel
),
judged AS MATERIALIZED (
  SELECT pair.*, {verdict} AS answer FROM pair, LATERAL (SELECT of_zone + of_parcel) AS asked (margin)
),
affected AS (
  -- By a zone whose border is near, or by one whose border is farther than the margin and that lies over the parcel.
  SELECT parcel FROM judged WHERE answer = 'affected'
  UNION
  SELECT parcel FROM judged JOIN layers_zonepiece AS z
    ON z.layer = %(layer)s AND z.until IS NULL AND z.geom && judged.geom AND ST_Intersects(z.geom, judged.geom)
  WHERE answer = 'too-close' AND z.row_id IN (SELECT row_id FROM piece) AND NOT EXISTS (
    SELECT FROM judged AS near WHERE near.row_id = z.row_id AND near.parcel = judged.parcel)
  GROUP BY parcel, z.row_id
  HAVING bool_or(NOT z.whole_parcels)
      OR sum(ST_Area(ST_Intersection(z.geom, judged.geom))) >= least(1, 0.01 * min(ST_Area(judged.geom)))
),
by_zone AS MATERIALIZED (
  SELECT pair.*, count(*) OVER (PARTITION BY parcel) = 1 AS alone, {verdict} AS measured
  FROM judged AS pair, LATERAL (SELECT least(of_zone, %(measured)s::float8) + of_parcel) AS asked (margin)
  WHERE answer = 'too-close' AND parcel NOT IN (SELECT parcel FROM affected)
),
open AS (
  SELECT *, measured = 'affected' OR (measured <> 'too-close' AND alone) AS does FROM by_zone
),
by_own AS MATERIALIZED (
  -- Asked of every zone of an answer that some zone alone does not decide: the parcel's outline serves all of them.
  SELECT pair.row_id, pair.parcel, {verdict} AS measured
  FROM open AS pair, LATERAL (SELECT of_zone + least(of_parcel, %(measured)s::float8)) AS asked (margin)
  WHERE parcel IN (SELECT parcel FROM open WHERE NOT does)
),
undecided AS MATERIALIZED (
  SELECT open.row_id, open.parcel, open.margin, open.does, coalesce(
    bool_and(by_own.measured <> 'too-close') OVER answer OR bool_or(by_own.measured = 'affected') OVER answer, false)
    AS own_does
  FROM open LEFT JOIN by_own USING (row_id, parcel)
  WINDOW answer AS (PARTITION BY open.parcel)
),
placed AS (
  SELECT around.stretch, undecided.*, count(*) OVER (PARTITION BY row_id, parcel) AS stretches
  FROM around JOIN undecided USING (row_id, parcel) WHERE around.distance <= undecided.margin
),
counted AS (
  SELECT stretch, count(*) FILTER (WHERE does AND stretches = 1) AS won,
         count(*) FILTER (WHERE does AND stretches > 1) AS shared,
         count(*) FILTER (WHERE NOT does AND own_does) AS own,
         count(*) FILTER (WHERE NOT does AND NOT own_does) AS neither
  FROM placed GROUP BY stretch
),
total AS (
  SELECT count(*) AS answers, count(*) FILTER (WHERE does) AS by_zone,
         count(*) FILTER (WHERE NOT does AND own_does) AS by_own
  FROM (SELECT bool_or(does) AS does, bool_or(own_does) AS own_does FROM undecided GROUP BY parcel) AS answer
)
SELECT stretch.row_id, ST_Length(stretch.geom) AS length_m, won, shared, own, neither, commune.code,
       ST_AsBinary(stretch.geom), total.answers, total.by_zone, total.by_own
FROM total, counted JOIN stretch USING (stretch) LEFT JOIN LATERAL (
  SELECT code FROM layers_adminunit WHERE edition = %(edition)s AND until IS NULL
    AND ST_Intersects(geom, ST_PointOnSurface(stretch.geom)) ORDER BY code LIMIT 1) AS commune ON true
ORDER BY won DESC, stretch
