from django.apps import apps
from procrastinate.contrib.django import app

from launcher.places import ROOT


def test_the_worker_knows_every_job_that_an_app_declares() -> None:
    declared = {f"{config.name}.jobs" for config in apps.get_app_configs() if (ROOT / config.name / "jobs.py").exists()}
    known = {task.name.rpartition(".")[0] for task in app.tasks.values() if not task.name.startswith("builtin")}
    assert declared and declared <= known
