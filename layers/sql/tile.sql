-- One vector tile of one layer as of one of its revisions. One statement sees one moment of the database, so a
-- publication in between cannot slip newer rows under an older address. While the revision is the layer's newest, the
-- second half is not even begun (its EXISTS is asked once, before the scan).
SELECT
    (SELECT digest FROM layers_revision WHERE number = %(revision)s AND layer = {slug}) AS digest,
    count(*) AS features,
    ST_AsMVT(drawn.*, {slug}, {extent}, 'shape', 'feature_id') AS tile
FROM (
    SELECT feature_id, {fields}, {shape} AS shape
    FROM {table}, (SELECT {bounds} AS edge, {box} AS box OFFSET 0) AS tile
    WHERE until IS NULL AND since <= %(revision)s AND geom_3857 && tile.edge
    UNION ALL
    SELECT feature_id, {fields}, {shape} AS shape
    FROM {table}
    WHERE until > %(revision)s AND since <= %(revision)s AND geom_3857 && tile.edge
      AND EXISTS (SELECT FROM layers_revision WHERE layer = {slug} AND number > %(revision)s)
    LIMIT {most}
) AS drawn
