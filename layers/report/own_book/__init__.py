"""A red book against the portal: what its owner types from the paper, compared line by line. Pure, and nothing is kept.

`typed` reads numbers as people write them, `tolerances` says by how much two right figures may differ and why,
`edges`, `purposes` and `comparing` compare.
"""
