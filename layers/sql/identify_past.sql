-- … and what has ended since; while the snapshot is the layer's newest, this half is not even begun.
UNION ALL
SELECT *, {distance} AS distance
FROM {table}
WHERE until > %(snapshot)s AND since <= %(snapshot)s AND {near}
  AND EXISTS (SELECT FROM layers_revision WHERE layer = {slug} AND number > %(snapshot)s)
