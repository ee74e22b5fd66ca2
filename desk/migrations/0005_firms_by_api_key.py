"""Firms use the keys of programs, not keys of a second kind. The tables of 0004 were never in use."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("desk", "0004_precheck"), ("exports", "0004_api_keys")]

    operations = [
        migrations.DeleteModel("Precheck"),
        migrations.DeleteModel("FirmKey"),
        migrations.CreateModel(
            name="FirmKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("running_since", models.DateTimeField(null=True)),
                (
                    "key",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="firm", to="exports.apikey"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Precheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64)),
                ("layer_slug", models.SlugField(max_length=60)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("counts", models.JSONField(default=dict)),
                (
                    "key",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="prechecks", to="desk.firmkey"
                    ),
                ),
            ],
        ),
    ]
