"""Vector tiles."""

# Whether a shape ({geom}, EPSG:3857) may be written into tiles without clipping and repair: few vertices, and still
# a valid shape on the grid of zoom 14 (4096 units a tile, 1.674646 units a metre), the coarsest at which it is drawn.
PLAIN_SHAPE = (
    "(ST_NPoints({geom}) <= 300"
    " AND ST_IsValid(ST_SnapToGrid(ST_Scale({geom}, 1.674646, 1.674646), 1))"
    " AND NOT ST_IsEmpty(ST_SnapToGrid(ST_Scale({geom}, 1.674646, 1.674646), 1)))"
)
