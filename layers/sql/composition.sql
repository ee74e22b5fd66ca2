-- What a plan that covers the ground makes of one parcel: its kinds, each united before it is measured.
--
-- The parcel is cut by one kind after the other, so its parts lie beside each other and add up to it: ground of one
-- kind, ground of several (plans drawn over each other; which of them holds is not for a map to say), ground of none.
-- What is smaller than 0.01 m² is the rounding of two neighbours' drawings; it counts with the largest part. Figures
-- are rounded so that the parts still add up to the parcel: rounded down, and the tenths that are missing go to those
-- that lost most.
-- A kind that has no part in the parcel, but lies within m = accuracy of the plan + accuracy of the parcel, is possible;
-- it comes without an area, after the parts. Rows name the records (row_id) that say so.
WITH RECURSIVE parcel AS (
  -- No accuracy is worse than the worst: kinds that do not reach `around` are farther than their margin.
  SELECT geom, ST_Area(geom) AS area,
         ST_Expand(geom, coalesce(%(parcel_accuracy)s::float8, 0) + coalesce(greatest(
           (SELECT max(accuracy_m) FROM layers_zonepiece), %(accuracy)s::float8), 0)) AS around
  FROM {subject}
),
piece AS (
  SELECT z.row_id, z.geom, z.accuracy_m, z.whole_parcels, z.overlap_m2 FROM layers_zonepiece AS z, parcel
  WHERE z.until IS NULL AND z.since <= %(snapshot)s AND z.geom && parcel.around
    AND z.layer = {slug} AND z.state = %(in_force)s
    AND (z.valid_from IS NULL OR z.valid_from <= %(day)s) AND (z.valid_until IS NULL OR z.valid_until >= %(day)s)
  UNION ALL
  SELECT z.row_id, z.geom, z.accuracy_m, z.whole_parcels, z.overlap_m2 FROM layers_zonepiece AS z, parcel
  WHERE z.until > %(snapshot)s AND z.since <= %(snapshot)s AND z.geom && parcel.around
    AND z.layer = {slug} AND z.state = %(in_force)s
    AND (z.valid_from IS NULL OR z.valid_from <= %(day)s) AND (z.valid_until IS NULL OR z.valid_until >= %(day)s)
),
near AS MATERIALIZED (
  SELECT dense_rank() OVER (ORDER BY record.{kind}, record.{vocabulary})::int AS kind, row_id, piece.geom, piece.overlap_m2,
         CASE WHEN ST_Covers(piece.geom, parcel.geom) THEN parcel.geom
              WHEN ST_Covers(parcel.geom, piece.geom) THEN piece.geom
              ELSE ST_CollectionExtract(ST_Intersection(piece.geom, parcel.geom), 3) END AS inside,
         ST_Distance(piece.geom, parcel.geom) AS distance,
         CASE WHEN piece.whole_parcels THEN 0
              ELSE coalesce(piece.accuracy_m, %(accuracy)s::float8) + %(parcel_accuracy)s::float8 END AS margin
  FROM parcel, piece JOIN {table} AS record USING (row_id)
),
tiling AS MATERIALIZED (
  -- Where the pieces, cut in the quick way, cover nothing twice (their union has the area of their sum), nothing needs
  -- to be cut further: the areas are told, and what is missing to the parcel is bare. A piece with less than this is a
  -- rounding. Publishing has seen that most pieces lie alone; only where they do not are they united here to ask.
  SELECT coalesce(bare > -0.001 AND abs(united - (parcel.area - bare)) < 0.001, false) AS is_apart, bare
  FROM parcel, LATERAL (
    SELECT parcel.area - sum(area) AS bare,
           CASE WHEN bool_and(overlap_m2 IS NOT NULL) AND sum(overlap_m2) < 0.0005 THEN sum(area)
                ELSE ST_Area(ST_UnaryUnion(ST_Collect(inside))) END AS united
    FROM (SELECT inside, overlap_m2, ST_Area(inside) AS area FROM near OFFSET 0) AS measured WHERE area > 0.0001
  ) AS quick
),
exact AS (
  SELECT kind, row_id, distance, margin, ST_Area(inside) AS area,
         CASE WHEN is_apart THEN NULL
              WHEN ST_Covers(near.geom, parcel.geom) OR ST_Covers(parcel.geom, near.geom) THEN inside
              ELSE ST_CollectionExtract(ST_Intersection(near.geom, parcel.geom, %(grid)s), 3) END AS inside,
         is_apart
  FROM near, parcel, tiling
),
kind AS (
  SELECT kind, min(distance) AS distance, CASE WHEN bool_and(margin IS NOT NULL) THEN max(margin) END AS margin,
         array_agg(DISTINCT row_id)
           FILTER (WHERE CASE WHEN is_apart THEN area > 0.0001 ELSE NOT ST_IsEmpty(inside) END) AS sharing,
         array_agg(DISTINCT row_id) FILTER (WHERE distance <= margin AND margin > 0) AS within,
         sum(area) AS area, ST_UnaryUnion(ST_Collect(inside), %(grid)s) AS shape
  FROM exact
  GROUP BY kind
),
cut AS (
  SELECT 0 AS step, ARRAY[]::int[] AS kinds, geom::geometry AS shape FROM parcel, tiling WHERE NOT is_apart
  UNION ALL
  SELECT kind.kind, half.kinds, half.shape::geometry
  FROM cut JOIN kind ON kind.kind = cut.step + 1
  -- OFFSET 0: each half is computed once, not once to be looked at and once more to be kept.
  CROSS JOIN LATERAL (
    SELECT kinds, ST_CollectionExtract(shape, 3) AS shape FROM (
      SELECT cut.kinds || kind.kind, ST_Intersection(cut.shape, kind.shape, %(grid)s)
      WHERE ST_Relate(cut.shape, kind.shape, 'T********')
      UNION ALL
      SELECT cut.kinds, CASE WHEN ST_Relate(cut.shape, kind.shape, 'T********')
                             THEN ST_Difference(cut.shape, kind.shape, %(grid)s) ELSE cut.shape END
    ) AS halves (kinds, shape) OFFSET 0
  ) AS half
  WHERE NOT ST_IsEmpty(half.shape)
),
part AS (
  SELECT kinds, sum(ST_Area(shape)) AS area FROM cut
  WHERE step = (SELECT coalesce(max(kind), 0) FROM kind)
  GROUP BY kinds
  UNION ALL
  SELECT ARRAY[kind], area FROM kind, tiling WHERE is_apart AND area > 0.0001
  UNION ALL
  SELECT '{{}}', bare FROM tiling WHERE is_apart AND bare >= 0.001
),
largest AS (
  SELECT kinds FROM part ORDER BY area DESC, kinds LIMIT 1
),
counted AS (
  SELECT CASE WHEN area < %(no_hole)s THEN largest.kinds ELSE part.kinds END AS kinds, sum(area) AS area
  FROM part, largest
  GROUP BY 1
),
figure AS (
  -- Tenths of a square metre, hundredths of a per cent: whole ones, and what is left of the last.
  SELECT kinds, counted.area, floor(10 * counted.area) AS tenths, floor(10000 * counted.area / parcel.area) AS parts,
         10 * counted.area - floor(10 * counted.area) AS tenth_left,
         10000 * counted.area / parcel.area - floor(10000 * counted.area / parcel.area) AS part_left
  FROM counted, parcel
),
told AS (
  SELECT kinds, figure.area,
         tenths + (row_number() OVER (ORDER BY tenth_left DESC, kinds)
                   <= 10 * round(parcel.area::numeric, 1) - sum(tenths) OVER ())::int AS tenths,
         parts + (row_number() OVER (ORDER BY part_left DESC, kinds) <= 10000 - sum(parts) OVER ())::int AS parts
  FROM figure, parcel
)
SELECT row_ids, area_m2, share_percent, distance_m, margin_m FROM (
  SELECT coalesce((SELECT array_agg(row_id ORDER BY row_id)
                   FROM kind, unnest(kind.sharing) AS row_id WHERE kind.kind = ANY(told.kinds)), '{{}}') AS row_ids,
         round((tenths / 10)::numeric, 1) AS area_m2, round((parts / 100)::numeric, 2) AS share_percent,
         0.00 AS distance_m,
         (SELECT CASE WHEN bool_and(margin IS NOT NULL) THEN round(max(margin)::numeric, 2) END
          FROM kind WHERE kind.kind = ANY(told.kinds)) AS margin_m,
         cardinality(kinds) = 0 AS is_bare, area
  FROM told
  UNION ALL
  SELECT within, NULL, NULL, round(distance::numeric, 2), round(margin::numeric, 2), true, -distance
  FROM kind
  WHERE within IS NOT NULL AND NOT EXISTS (SELECT FROM told WHERE kind.kind = ANY(told.kinds))
) AS answer
ORDER BY area_m2 IS NULL, is_bare, area DESC, row_ids
