-- What a zone is for a parcel at `asked.margin`, of columns that `stretches.sql` gathers (`pair`): a part of it.
CASE
  WHEN ST_IsEmpty(inside) THEN CASE WHEN distance <= asked.margin THEN 'too-close' ELSE 'not-affected' END
  WHEN asked.margin = 0 THEN CASE WHEN ST_Relate(pair.geom, inside, 'T********') THEN 'affected' ELSE 'too-close' END
  WHEN (SELECT bool_or({deep}) FROM (
          SELECT asked.margin, ST_Boundary(pair.geom) AS line
          UNION ALL
          SELECT asked.margin, ST_CollectionExtract(ST_Collect(
                   ST_ClipByBox2D(e.geom, ST_Expand(pair.geom, asked.margin)::box2d)), 2)
          FROM layers_zoneedge AS e WHERE e.layer = %(layer)s AND e.row_id = pair.row_id AND e.until IS NULL
            AND e.geom && ST_Expand(pair.geom, asked.margin) HAVING pair.dimension = 2
        ) AS border) THEN 'affected'
  ELSE 'too-close'
END
