-- What one layer has at a place (`place` holds the point, in the storage plane): nearest first, at most a few.
(SELECT {slug} AS layer, feature_id, distance, {record}::text AS record
 FROM (
    SELECT *, {distance} AS distance
    FROM {table}
    WHERE until IS NULL AND since <= %(snapshot)s AND {near}
    {past}
 ) AS {table}
 ORDER BY distance, feature_id
 LIMIT {most})
