-- Whether some point of `inside` lies farther than `margin` from `line`, as a part of other statements (`{deep}`).
--
-- Asked in three steps, from cheap to exact:
-- 1. of one point in the middle: if it does, one does;
-- 2. of what is left beyond 0.99 m of the border thinned by 0.01 m, with rough arcs: what these take lies within m;
-- 3. of what is then still left, with arcs of so many segments that their chord error stays below 0.5 mm.
-- Segments of the border are widened one by one and united: GEOS (3.11, tried) smooths a line that it widens as a whole
-- by up to 1 % of the width, and a closed one it takes for a ring and sometimes leaves ground out.
CASE
  WHEN line IS NULL OR ST_IsEmpty(line) THEN true
  WHEN ST_Distance(ST_PointOnSurface(inside), line) > margin THEN true
  ELSE (
    SELECT CASE WHEN ST_IsEmpty(rest) THEN false ELSE (
      SELECT coalesce(ST_Perimeter(last) + ST_Length(last) > 0.0001, true) FROM (
        SELECT ST_Difference(rest, ST_Union(
                 ST_Buffer(segment.geom, margin, greatest(16, ceil(sqrt(margin * 620)))::int))) AS last
        FROM ST_DumpSegments(line) AS segment WHERE ST_DWithin(segment.geom, rest, margin)
      ) AS exact
    ) END
    FROM (
      SELECT ST_Difference(inside, ST_Union(ST_Buffer(segment.geom, 0.99 * margin, 8))) AS rest
      FROM ST_DumpSegments(ST_Simplify(line, 0.01 * margin, true)) AS segment
      WHERE ST_DWithin(segment.geom, inside, margin)
    ) AS rough
  )
END
