"""Rules as data: tables a lawyer can read and an officer can bring in, each a plain layer (no shape) with its edition.

They are declared, imported, compared, published and dated like every other layer; nothing in the program repeats them.
"""
