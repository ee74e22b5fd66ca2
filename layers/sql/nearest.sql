-- The nearest station of each kind of one layer (`parcel` holds the shape): its public record, and how far away it is.
-- While the snapshot is the layer's newest, the second half is not even begun.
(SELECT {slug} AS layer, chosen.kind::text, feature_id, round(distance::numeric, 2), {record}::text AS record
 FROM (
    SELECT DISTINCT ON (kind) kind, row_id, distance
    FROM (
        SELECT {kind} AS kind, row_id, ST_Distance({table}.geom, parcel.geom) AS distance
        FROM {table}, parcel
        WHERE until IS NULL AND since <= %(snapshot)s AND ST_DWithin({table}.geom, parcel.geom, {within})
          AND state = %(in_force)s
          AND (valid_from IS NULL OR valid_from <= %(day)s) AND (valid_until IS NULL OR valid_until >= %(day)s)
        UNION ALL
        SELECT {kind} AS kind, row_id, ST_Distance({table}.geom, parcel.geom) AS distance
        FROM {table}, parcel
        WHERE until > %(snapshot)s AND since <= %(snapshot)s AND ST_DWithin({table}.geom, parcel.geom, {within})
          AND state = %(in_force)s
          AND (valid_from IS NULL OR valid_from <= %(day)s) AND (valid_until IS NULL OR valid_until >= %(day)s)
          AND EXISTS (SELECT FROM layers_revision WHERE layer = {slug} AND number > %(snapshot)s)
    ) AS near
    ORDER BY kind, distance, row_id
 ) AS chosen JOIN {table} USING (row_id)
 ORDER BY distance, kind)
