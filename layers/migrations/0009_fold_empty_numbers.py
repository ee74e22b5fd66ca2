"""No number is a plain number, too: most parcels have no old one, and folding nothing cost a fifth of a publication."""

from django.db import migrations

FOLD_NUMBER = r"""
CREATE OR REPLACE FUNCTION public.portal_fold_number(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN $1 ~ '^{plain}$' THEN $1 ELSE public.portal_fold_odd_number($1) END
$$
"""


class Migration(migrations.Migration):
    dependencies = [("layers", "0008_code_of_procedures")]
    operations = [
        migrations.RunSQL(
            FOLD_NUMBER.format(plain="([1-9][0-9]*)?"),
            FOLD_NUMBER.format(plain="[1-9][0-9]*"),
        ),
    ]
