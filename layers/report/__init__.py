"""What applies to a parcel, theme by theme: `answers` are the words, `build` makes an answer, `canonical` writes it."""
