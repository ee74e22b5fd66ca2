"""Keys of programs that may ask more often than a stranger: shown once, kept as a hash."""
