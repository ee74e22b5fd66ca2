"""precheck_file FOLDER LAYER: check a file in the desk's store; what was said on standard input, the answer on output.

The web server starts it (`desk.apart`); nobody types it."""

from __future__ import annotations

import json
import resource
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from desk.apart import MEMORY, PROCESSOR
from desk.examining import examine
from importers.reader.limits import GIGABYTE
from layers import catalogue


class Command(BaseCommand):
    help = "Kiểm tra trước một tệp; máy chủ tự gọi lệnh này."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder")
        parser.add_argument("layer")

    def handle(self, *args: Any, **options: Any) -> None:
        # Soft limits: the reader's own process sets harder ones for itself.
        for kind, most in (
            (resource.RLIMIT_AS, MEMORY),
            (resource.RLIMIT_CPU, PROCESSOR),
            (resource.RLIMIT_FSIZE, GIGABYTE),
        ):
            resource.setrlimit(kind, (most, resource.getrlimit(kind)[1]))
        said = json.load(sys.stdin)
        json.dump(examine(options["folder"], catalogue.get(options["layer"]), said), sys.stdout, ensure_ascii=False)
