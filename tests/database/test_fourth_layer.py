"""Adding a layer costs one file and a migration: this one answers everywhere, and no other file was changed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from io import StringIO
from pathlib import Path

import geopandas
import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connections, transaction
from django.db.migrations import Migration
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState
from django.test import Client
from django.test.utils import isolate_apps
from pytest_django.plugin import DjangoDbBlocker

from layers import catalogue
from layers.declare import Layer
from layers.queries import identify, tiles
from tests.database import any_layer
from tests.database.province import FIELD, ask, deliver, frame

pytestmark = pytest.mark.django_db(databases="__all__")

MODULE = "tests.database.fourth_layer"


@pytest.fixture(scope="module")
def migration(layer: Layer) -> Migration:
    """What `makemigrations` would write now that the file is there."""
    before = ProjectState.from_apps(apps)
    after = before.clone()
    after.add_model(ModelState.from_model(layer.model))
    changes = MigrationAutodetector(before, after).changes(graph=MigrationLoader(None).graph)
    [(app, [found])] = changes.items()
    assert app == "layers"
    return found


@pytest.fixture(scope="module")
def layer() -> Iterator[Layer]:
    """The declaration, in a catalogue and a registry of models that forget it afterwards."""
    with isolate_apps("layers"):
        declared: Layer = import_module(MODULE).MANGROVES
    forget_statements()
    yield declared
    del catalogue._layers[declared.slug]
    del sys.modules[MODULE]
    forget_statements()


def forget_statements() -> None:
    """Statements are made once a process, from a catalogue that no longer changes once the portal has started."""
    identify.statement.cache_clear()
    tiles.statements.cache_clear()


@pytest.fixture(scope="module", autouse=True)
def _migrated(one_connection: None, django_db_blocker: DjangoDbBlocker, migration: Migration) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        with connections["default"].schema_editor() as editor:
            migration.apply(ProjectState.from_apps(apps), editor)
        yield
        transaction.set_rollback(True)


def test_its_migration_makes_one_table_and_touches_no_other(migration: Migration, layer: Layer) -> None:
    models = {getattr(step, "model_name", None) or step.name for step in migration.operations}  # type: ignore[attr-defined]
    assert {name.lower() for name in models} == {"mangrove"}
    assert type(migration.operations[0]).__name__ == "CreateModel"


def test_it_is_drawn_in_its_tiles(layer: Layer) -> None:
    any_layer.put_on_a_field(layer)
    any_layer.assert_it_is_drawn(layer)


def test_a_click_finds_it(layer: Layer, client: Client) -> None:
    any_layer.put_on_a_field(layer)
    any_layer.assert_a_click_finds_it(layer, client)


def test_a_search_finds_it(layer: Layer, client: Client) -> None:
    any_layer.put_on_a_field(layer)
    any_layer.assert_a_search_finds_it(layer, client)


def test_the_map_has_its_title_legend_and_tiles(layer: Layer, client: Client) -> None:
    any_layer.put_on_a_field(layer)
    any_layer.assert_the_map_explains_it(layer, client)


def test_the_answer_names_it_under_its_theme(layer: Layer) -> None:
    any_layer.put_on_a_field(layer)
    any_layer.assert_the_answer_names_it(layer)
    [environment] = [theme for theme in ask(1).themes if theme.theme == "environment"]
    assert (environment.answer.value, environment.reason) == ("affected", None)


def test_the_page_of_a_parcel_explains_it(layer: Layer, client: Client) -> None:
    any_layer.put_on_a_field(layer)
    page = client.get(f"/parcels/{ask(1).parcel.feature_id}").content.decode()
    assert layer.title.vi in page
    assert layer.next_steps.vi in page


def test_its_records_have_versions(layer: Layer) -> None:
    any_layer.put_on_a_field(layer)
    revision = deliver(layer, {**any_layer.record(layer), "species": "Bần chua"})
    assert revision is not None
    assert (revision.added, revision.changed) == (0, 1)
    assert ask(1, at=revision.number - 1) != ask(1)


def test_a_survey_file_is_imported_by_its_aliases(layer: Layer, tmp_path: Path) -> None:
    delivered = frame([{"MASO": "RNM-01", "TEN": "Rừng Thụy Trường", "LOAICAY": "Bần chua", "geometry": FIELD}])
    assert isinstance(delivered, geopandas.GeoDataFrame)
    file = tmp_path / "rung.gpkg"
    delivered.to_file(file)
    said = StringIO()
    call_command("import_layer", layer.slug, str(file), publish=True, stdout=said, stderr=said)
    stored = layer.model._default_manager.values_list("code", "name", "species")  # type: ignore[misc]
    assert list(stored) == [("RNM-01", "Rừng Thụy Trường", "Bần chua")], said.getvalue()
