from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("layers", "0002_layers")]
    operations = [
        migrations.AddIndex(
            model_name="parcel",
            index=models.Index(
                condition=models.Q(("until__isnull", False)),
                fields=["commune_code", "sheet_key", "parcel_key"],
                name="parcel_past_number",
            ),
        ),
        migrations.AddIndex(
            model_name="parcel",
            index=models.Index(
                condition=models.Q(("until__isnull", False)),
                fields=["old_commune_code", "old_sheet_key", "old_parcel_key"],
                name="parcel_past_old_number",
            ),
        ),
    ]
