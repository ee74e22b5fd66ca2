"""What the child is asked to do."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from importers.reader.limits import Limits
from importers.reader.personal import Personal


@dataclass(frozen=True)
class Job:
    """Files by suffix in the scratch folder, their format, the layer chosen and what may not leave them. Without
    `shapes` a table is a list of records, a row each; with them, of corners."""

    format: str
    files: dict[str, Path]
    sublayer: str | None
    personal_names: frozenset[str]
    limits: Limits
    shapes: bool = True

    @property
    def personal(self) -> Personal:
        return Personal(self.personal_names)

    def save(self, path: Path) -> None:
        """Write the job where the child finds it."""
        said = {
            "format": self.format,
            "files": {suffix: str(file) for suffix, file in self.files.items()},
            "sublayer": self.sublayer,
            "personal_names": sorted(self.personal_names),
            "limits": asdict(self.limits),
            "shapes": self.shapes,
        }
        path.write_text(json.dumps(said), "utf-8")

    @classmethod
    def load(cls, path: Path) -> "Job":
        """The job written by save."""
        said = json.loads(path.read_text("utf-8"))
        return cls(
            said["format"],
            {suffix: Path(file) for suffix, file in said["files"].items()},
            said["sublayer"],
            frozenset(said["personal_names"]),
            Limits(**said["limits"]),
            said["shapes"],
        )
