-- Rows of a plain table that may apply to a parcel: of its commune, by today's list or by the old one, and of no land
-- use that is surely not the parcel's. `total` counts what the limit leaves out.
SELECT count(*) OVER () AS total, {fields}
FROM (
    SELECT * FROM {table} WHERE until IS NULL AND since <= %(snapshot)s AND {mine}
    UNION ALL
    SELECT * FROM {table} WHERE until > %(snapshot)s AND since <= %(snapshot)s AND {mine}
) AS {table}
ORDER BY {order}
LIMIT {most}
