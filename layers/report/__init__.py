"""The answer: what applies to a parcel, theme by theme. `answers` are its words, `build` makes it, `canonical` writes it."""
