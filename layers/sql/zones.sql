-- The four answers, decided for every zone near one parcel, over all layers in one pass.
--
-- P the parcel, Z a zone, m = accuracy of Z + accuracy of P. Affected: some point of P and Z lies deeper than m inside
-- Z, or deeper than m inside P; that is, farther than m from the border of one of them. Too close: not so, but within m.
-- Where the decision lists whole parcels m is 0 and the shared area decides: at least 1 m² or 1 % of P. Areas are
-- united before they are measured, so no share exceeds 100 %.
--
-- Whether some point lies farther than m from a border is asked in `deep.sql`.
WITH known AS (
  -- What holds where a record does not know its own accuracy: the worst of the coverage rows, else the declaration.
  SELECT * FROM unnest(%(layers)s::text[], %(accuracies)s::float8[]) AS t(layer, accuracy_m)
),
parcel AS (
  -- No accuracy is worse than the worst: zones that do not reach `around` are farther than their margin.
  SELECT geom, ST_Area(geom) AS area, ST_Boundary(geom) AS border,
         ST_Expand(geom, %(parcel_accuracy)s + coalesce(greatest(
           (SELECT max(accuracy_m) FROM layers_zonepiece), (SELECT max(accuracy_m) FROM known)), 0)) AS around
  FROM {subject}
),
piece AS (
  SELECT z.layer, z.row_id, z.geom, z.accuracy_m, z.whole_parcels FROM layers_zonepiece AS z, parcel
  WHERE z.until IS NULL AND z.since <= %(snapshot)s AND z.geom && parcel.around
    AND z.state = %(in_force)s
    AND (z.valid_from IS NULL OR z.valid_from <= %(day)s) AND (z.valid_until IS NULL OR z.valid_until >= %(day)s)
  UNION ALL
  SELECT z.layer, z.row_id, z.geom, z.accuracy_m, z.whole_parcels FROM layers_zonepiece AS z, parcel
  WHERE z.until > %(snapshot)s AND z.since <= %(snapshot)s AND z.geom && parcel.around
    AND z.state = %(in_force)s
    AND (z.valid_from IS NULL OR z.valid_from <= %(day)s) AND (z.valid_until IS NULL OR z.valid_until >= %(day)s)
),
near AS (
  SELECT piece.layer, piece.row_id, piece.geom, piece.whole_parcels,
         CASE WHEN piece.whole_parcels THEN 0
              ELSE coalesce(piece.accuracy_m, known.accuracy_m) + %(parcel_accuracy)s END AS margin
  FROM piece JOIN known USING (layer)
),
zone AS (
  SELECT layer, row_id, whole_parcels, margin, max(ST_Dimension(near.geom)) AS dimension,
         min(ST_Distance(near.geom, parcel.geom)) AS distance,
         ST_UnaryUnion(ST_Collect(CASE WHEN ST_Covers(near.geom, parcel.geom) THEN parcel.geom
                                       ELSE ST_Intersection(near.geom, parcel.geom) END)) AS shared
  FROM near, parcel
  WHERE ST_DWithin(near.geom, parcel.geom, margin)
  GROUP BY layer, row_id, whole_parcels, margin
),
part AS (
  -- Of the shared ground only what has the zone's own dimension counts: a common edge of two areas is no area.
  SELECT zone.*, ST_CollectionExtract(shared, dimension + 1) AS inside FROM zone
),
border AS (
  SELECT part.layer, part.row_id, parcel.border AS line FROM part, parcel
  UNION ALL
  SELECT part.layer, part.row_id,
         ST_CollectionExtract(ST_Collect(ST_ClipByBox2D(e.geom, ST_Expand(parcel.geom, margin)::box2d)), 2)
  FROM parcel CROSS JOIN part LEFT JOIN layers_zoneedge AS e
    ON e.layer = part.layer AND e.row_id = part.row_id AND e.geom && ST_Expand(parcel.geom, margin)
  WHERE dimension = 2
  GROUP BY part.layer, part.row_id
),
depth AS (
  SELECT layer, row_id, bool_or({deep}) AS is_deep
  FROM part JOIN border USING (layer, row_id)
  WHERE margin > 0 AND NOT ST_IsEmpty(inside)
  GROUP BY layer, row_id
),
decided AS (
  SELECT part.*, parcel.area AS parcel_area, ST_Area(inside) AS area,
         CASE
           WHEN ST_IsEmpty(inside) THEN false
           WHEN whole_parcels AND dimension = 2 THEN ST_Area(inside) >= least(1, 0.01 * parcel.area)
           WHEN margin = 0 THEN ST_Relate(parcel.geom, inside, 'T********')
           ELSE is_deep
         END AS affected
  FROM parcel, part LEFT JOIN depth USING (layer, row_id)
)
SELECT layer, row_id,
       CASE WHEN affected THEN 'affected' WHEN whole_parcels THEN 'not-affected' ELSE 'too-close' END AS answer,
       CASE WHEN dimension = 2 THEN round(area::numeric, 1) END AS area_m2,
       CASE WHEN dimension = 2 THEN least(100, round((100 * area / parcel_area)::numeric, 2)) END AS share_percent,
       CASE WHEN dimension = 1 THEN round(ST_Length(inside)::numeric, 2) END AS length_m,
       round(distance::numeric, 2) AS distance_m, round(margin::numeric, 2) AS margin_m, whole_parcels
FROM decided
ORDER BY layer, affected DESC, area DESC, row_id
