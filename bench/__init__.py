"""The portal's measurements: ./portal bench [tiles|search|identify|report|all] [--parcels N] [--write].

Tiles race against the plain SQL of the same content, interleaved in one run; questions are measured as server time.
"""
