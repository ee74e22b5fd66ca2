"""Arithmetic on a file's bytes before any library opens it: GDAL hides most damage, we refuse it."""
