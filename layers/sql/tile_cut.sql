-- The same tile when it came out too heavy: on a coarser grid, the biggest shapes first, until the weight allowed
-- (roughly: 20 bytes a feature, 2 a vertex) is used up.
SELECT
    (SELECT digest FROM layers_revision WHERE number = %(revision)s AND layer = {slug}),
    count(*),
    ST_AsMVT(drawn.*, {slug}, 1024, 'shape', 'feature_id')
FROM (
    SELECT feature_id, {fields}shape
    FROM (
        SELECT *, sum(20 + 2 * ST_NPoints(shape)) OVER (ORDER BY size DESC, feature_id) AS weight
        FROM (
            SELECT feature_id, {fields}size, {coarse} AS shape
            FROM (
                SELECT feature_id, {fields}geom_3857, {size} AS size
                FROM {table}
                WHERE until IS NULL AND since <= %(revision)s AND geom_3857 && {window}
                UNION ALL
                SELECT feature_id, {fields}geom_3857, {size} AS size
                FROM {table}
                WHERE until > %(revision)s AND since <= %(revision)s AND geom_3857 && {window}
                  AND EXISTS (SELECT FROM layers_revision WHERE layer = {slug} AND number > %(revision)s)
                ORDER BY size DESC, feature_id
                LIMIT %(most)s::bigint
            ) AS biggest
        ) AS shaped
        WHERE shape IS NOT NULL
    ) AS weighed
    WHERE weight <= %(weight)s::bigint
    ORDER BY feature_id
) AS drawn
