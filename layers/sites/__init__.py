"""A site: any ground a visitor asks about. How it is typed, drawn or listed, and what is wrong with it, in words."""
