-- One vector tile of one layer as of one of its revisions. One statement sees one moment of the database, so a
-- publication in between cannot slip newer rows under an older address. While the revision is the layer's newest the
-- second half is not even begun: its EXISTS is asked once, before the scan. Features stand in the order of their ids, so
-- that an address gives the same bytes for ever, however the database reaches the rows (tried: 10 % of a tile's time).
SELECT
    (SELECT digest FROM layers_revision WHERE number = %(revision)s AND layer = {slug}),
    count(*),
    ST_AsMVT(drawn.*, {slug}, 4096, 'shape', 'feature_id')
FROM (
    SELECT feature_id, {fields}{shape} AS shape
    FROM {table}
    WHERE until IS NULL AND since <= %(revision)s AND geom_3857 && {window}
    UNION ALL
    SELECT feature_id, {fields}{shape} AS shape
    FROM {table}
    WHERE until > %(revision)s AND since <= %(revision)s AND geom_3857 && {window}
      AND EXISTS (SELECT FROM layers_revision WHERE layer = {slug} AND number > %(revision)s)
    ORDER BY feature_id
    LIMIT %(most)s::bigint
) AS drawn
