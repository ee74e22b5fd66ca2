import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from launcher.cluster import Cluster


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder with a space in its name, in which every user may enter."""
    with tempfile.TemporaryDirectory(prefix="geoportal test ") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture
def cluster_in(open_folder: Path) -> Iterator[Callable[[Path], Cluster]]:
    """Make the cluster of a data folder; whatever the test does, nothing of it stays on the machine.

    It is cleared away before the folder is, since the folder says where it lives.
    """
    made: list[Cluster] = []

    def make(data: Path) -> Cluster:
        made.append(Cluster(data))
        return made[-1]

    yield make
    for cluster in made:
        clear_away(cluster)


def clear_away(cluster: Cluster) -> None:
    cluster.stop()
    for folder in (cluster.folder, cluster.socket_folder):
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def kept_cluster() -> Iterator[Cluster]:
    """One for all tests of a file, which make it, stop it and start it again: only the first takes its time."""
    with tempfile.TemporaryDirectory(prefix="geoportal test ") as name:
        Path(name).chmod(0o755)
        cluster = Cluster(Path(name))
        yield cluster
        clear_away(cluster)
