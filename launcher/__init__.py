"""Everything behind ./portal. Standard library only: it runs before the virtual environment is there."""
