"""What a typed query means, and what answers it. Reading a query is pure; its SQL stands in `layers.queries.search`."""
