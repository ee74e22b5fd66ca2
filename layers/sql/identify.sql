-- What one layer has at a place (`place` holds the point, in the storage plane): nearest first, at most a few.
-- While the snapshot is the layer's newest, the second half is not even begun.
(SELECT {slug} AS layer, feature_id, distance, {record}::text AS record
 FROM (
    SELECT *, {distance} AS distance
    FROM {table}
    WHERE until IS NULL AND since <= %(snapshot)s AND {near}
    UNION ALL
    SELECT *, {distance} AS distance
    FROM {table}
    WHERE until > %(snapshot)s AND since <= %(snapshot)s AND {near}
      AND EXISTS (SELECT FROM layers_revision WHERE layer = {slug} AND number > %(snapshot)s)
 ) AS {table}
 ORDER BY distance, feature_id
 LIMIT {most})
