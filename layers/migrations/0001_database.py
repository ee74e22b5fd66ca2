"""What the tables stand on: extensions, the provincial VN-2000 systems, and the two folding functions.

Debian's PostGIS 3.3 knows VN-2000 / TM-3 for four meridians only (EPSG:5896 to 5899). The other fourteen
(EPSG:9205 to 9218) differ from EPSG:5897 in nothing but the meridian, so they are copied from it, datum shift
(EPSG:6960, the decree of 2007) included.
"""

from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations

# code: central meridian in degrees (EPSG 11.022)
MERIDIANS = {
    9205: 103.0, 9206: 104.0, 9207: 104.5, 9208: 104.75, 9209: 105.5, 9210: 105.75, 9211: 106.0,
    9212: 106.25, 9213: 106.5, 9214: 107.0, 9215: 107.25, 9216: 107.5, 9217: 108.25, 9218: 108.5,
}  # fmt: skip

VN2000 = """
INSERT INTO public.spatial_ref_sys (srid, auth_name, auth_srid, srtext, proj4text)
SELECT {srid}, 'EPSG', {srid},
       replace(replace(replace(srtext, '"EPSG","5897"', '"EPSG","{srid}"'),
               '"central_meridian",105', '"central_meridian",{meridian}'), 'TM-3 zone 482', 'TM-3 {name}'),
       replace(proj4text, '+lon_0=105 ', '+lon_0={meridian} ')
FROM public.spatial_ref_sys WHERE srid = 5897
ON CONFLICT (srid) DO NOTHING
"""

# Marks, case, đ, decomposed letters, hoà/hòa; a lone final y after a consonant or "qu" is i (quý/quí, mỹ/mĩ);
# every other sign is a space. Schema-qualified: pg_restore runs with an empty search path.
FOLD = r"""
CREATE FUNCTION public.portal_fold(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT btrim(regexp_replace(regexp_replace(
    lower(public.unaccent('public.unaccent'::regdictionary, normalize($1, NFC))),
    '\m(qu|[bcdghklmnpqrstvx]+)y\M', '\1i', 'g'), '[^a-z0-9]+', ' ', 'g'))
$$
"""

# '045', '45' and '45.0' are one number; 'TĐ03-2014' and 'td3-2014' are one. Nearly all numbers are plain: for those
# the outer function, which the planner puts in place of its call, costs a fraction of a microsecond.
FOLD_NUMBER = r"""
CREATE FUNCTION public.portal_fold_odd_number(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT regexp_replace(regexp_replace(regexp_replace(
    lower(public.unaccent('public.unaccent'::regdictionary, normalize($1, NFC))),
    '\s+', '', 'g'), '\.0+$', ''), '(^|[^0-9])0+([0-9])', '\1\2', 'g')
$$;
CREATE FUNCTION public.portal_fold_number(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN $1 ~ '^[1-9][0-9]*$' THEN $1 ELSE public.portal_fold_odd_number($1) END
$$
"""
UNFOLD_NUMBER = "DROP FUNCTION public.portal_fold_number(text); DROP FUNCTION public.portal_fold_odd_number(text)"


def name_of(meridian: float) -> str:
    return f"{int(meridian)}-{round(meridian % 1 * 60):02d}"


class Migration(migrations.Migration):
    initial = True
    operations = [
        migrations.RunSQL("CREATE EXTENSION IF NOT EXISTS postgis", migrations.RunSQL.noop),
        UnaccentExtension(),
        TrigramExtension(),
        *(
            migrations.RunSQL(
                VN2000.format(srid=srid, meridian=meridian, name=name_of(meridian)), migrations.RunSQL.noop
            )
            for srid, meridian in MERIDIANS.items()
        ),
        migrations.RunSQL(FOLD, "DROP FUNCTION public.portal_fold(text)"),
        migrations.RunSQL(FOLD_NUMBER, UNFOLD_NUMBER),
        migrations.RunSQL("CREATE SEQUENCE public.layers_feature_id", "DROP SEQUENCE public.layers_feature_id"),
    ]
