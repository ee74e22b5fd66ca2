#!/usr/bin/env python
"""What every Django reader expects; `./portal manage …` calls it with the right database."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "geoportal.settings")
    execute_from_command_line(sys.argv)
