-- Whether a tile may take this shape (EPSG:3857) as it is, only scaled and snapped, without the clipping and repairing
-- that cost two thirds of a tile's time. Its outer rings run clockwise (on a tile, whose y runs down, that is the way
-- round the format asks for); it has few vertices; it is small enough to hang over the edge of any tile it touches
-- (900 m against the 306 m of a tile at z17: a map's coordinates end four tiles away); it is valid, and still valid
-- and still there when snapped to the grid of a z14 tile (0.597 m).
ST_IsPolygonCW({geom})
AND ST_NPoints({geom}) <= 100
AND ST_XMax({geom}) - ST_XMin({geom}) < 900
AND ST_YMax({geom}) - ST_YMin({geom}) < 900
AND ST_IsValid({geom})
AND ST_IsValid(ST_SnapToGrid({geom}, 20037508.342789244, 20037508.342789244, 0.5971642834779395, 0.5971642834779395))
AND NOT ST_IsEmpty(ST_SnapToGrid({geom}, 20037508.342789244, 20037508.342789244, 0.5971642834779395, 0.5971642834779395))
