"""The 80 bad inputs and what must happen: which test makes each, and holds that it ends as written.

`./portal prove bad_inputs` runs them and prints this table. In every row: no connection, nothing outside the scratch
folder, no path in what people read, the reading process within 60 s and 1.5 GB (tests/pure/reader/conftest.py watches).
"""

from __future__ import annotations

from dataclasses import dataclass

READER, STEPS, DATABASE = "tests/pure/reader/", "tests/pure/steps/", "tests/database/"


@dataclass(frozen=True)
class Row:
    """`tests` are paths with the start of a test's name."""

    number: int
    what: str
    must: str
    tests: tuple[str, ...]


def row(number: int, what: str, must: str, *tests: str) -> Row:
    return Row(number, what, must, tests)


SHP, ZIPPED, DISGUISE = f"{READER}test_damaged_shapefiles.py", f"{READER}test_archives.py", f"{READER}test_disguise.py"
JSON, GPKG, FORMATS = (
    f"{READER}test_damaged_json.py",
    f"{READER}test_damaged_geopackages.py",
    f"{READER}test_formats.py",
)
FOREIGN, SANDBOX, TABLES = f"{READER}test_foreign_formats.py", f"{READER}test_sandbox.py", f"{READER}test_tables.py"
SHAPES, FITTING, PIPE = f"{STEPS}test_shapes.py", f"{STEPS}test_fitting.py", f"{STEPS}test_pipeline.py"
DELIVERED, TEXT, VALUES = f"{STEPS}test_delivered.py", f"{STEPS}test_text.py", f"{STEPS}test_values.py"
COLUMNS, SEAMS, HOSTILE = f"{STEPS}test_columns.py", f"{STEPS}test_fifty_thousand.py", f"{DATABASE}test_hostile_text.py"
KILLS, BACK, IMPORTED = f"{DATABASE}test_kills.py", f"{DATABASE}test_roll_back.py", f"{DATABASE}test_import_layer.py"
ARRIVING = f"{DATABASE}test_arriving.py"
REFUSED = f"{FOREIGN}::test_foreign_formats_are_refused"

ROWS = (
    row(1, "VRT named .shp", "reject", f"{DISGUISE}::test_1_to_4_a_disguised_text_is_refused"),
    row(2, "VRT as .geojson, .gpkg, …, in a zip", "reject", f"{DISGUISE}::test_1_to_4_a_disguised_text_inside"),
    row(3, "VRT over network or database", "reject, no connection", f"{DISGUISE}::test_1_to_4", f"{DISGUISE}::test_3_"),
    row(4, "WFS, OAPIF, CSW document", "reject, no connection", f"{DISGUISE}::test_1_to_4_a_disguised_text_is_refused"),
    row(5, "name /vsizip/…, http://…, PG:…", "a name, reject", f"{DISGUISE}::test_5_"),
    row(6, "zip with ../../x.shp", "reject, nothing written", f"{ZIPPED}::test_6_and_7_"),
    row(7, "absolute names, drive letters", "reject", f"{ZIPPED}::test_6_and_7_"),
    row(8, "symlink in a zip", "reject", f"{ZIPPED}::test_8_"),
    row(9, "zip in a zip", "reject with advice", f"{ZIPPED}::test_9_"),
    row(10, "zip bomb, honest and lying", "reject", f"{ZIPPED}::test_10_a_bomb_is", f"{ZIPPED}::test_10_a_bomb_whose"),
    row(11, "60,000 entries, overlaps, big directory", "reject in 1 s", f"{ZIPPED}::test_11_"),
    row(12, "names equal but for case", "reject", f"{ZIPPED}::test_12_"),
    row(13, "encrypted, unknown method", "reject, own words", f"{ZIPPED}::test_13_an_enc", f"{ZIPPED}::test_13_an_unk"),
    row(14, "two layers in a zip", "ask which", f"{ZIPPED}::test_14_"),
    row(15, "__MACOSX, .sbn, .qix", "ignored, listed", f"{ZIPPED}::test_15_"),
    row(16, ".SHP .DBF", "accepted", f"{ZIPPED}::test_16_"),
    row(17, "names in CP437 or TCVN3", "accepted, shown safely", f"{ZIPPED}::test_17_"),
    row(18, "polyglot", "reject", f"{ZIPPED}::test_18_"),
    row(19, ".shx missing", "fix, told", f"{SHP}::test_19_"),
    row(20, ".dbf missing", "block", f"{SHP}::test_20_"),
    row(21, ".prj missing", "decide, ranked", f"{SHP}::test_21_", f"{PIPE}::test_a_missing_prj_without_outlines"),
    row(22, ".prj with a URL or 5,000 brackets", "ignored, no call", f"{SHP}::test_22_", f"{DISGUISE}::test_3_"),
    row(23, ".prj of UTM over TM-3", "decide", f"{PIPE}::test_a_prj_of_utm_over_a_local_zone_is_asked"),
    row(24, "meridian of the next province", "decide, best named", f"{PIPE}::test_the_meridian_of_the_next_province"),
    row(25, "X and Y swapped", "fix offered", f"{PIPE}::test_swapped_axes_are_asked"),
    row(26, "degrees under a metric .prj", "decide", f"{PIPE}::test_degrees_under_a_prj_of_metres"),
    row(27, "k 0.9996 with a 3° meridian", "block, known mistake", f"{PIPE}::test_known_mistakes_of_a_prj"),
    row(28, ".cpg nobody knows", "decide", f"{DELIVERED}::test_an_unknown_cpg_is_a_decision"),
    row(29, ".cpg UTF-8 over TCVN3", "decide, samples", f"{DELIVERED}::test_a_declared_encoding_that_the_letters"),
    row(30, "TCVN3 beside Unicode", "decided per column", f"{DELIVERED}::test_each_column_has_its_own_encoding"),
    row(31, "TCVN3 capitals", "never all capitals", f"{TEXT}::test_capitals_of_a_capital_font"),
    row(32, "NFD, zero width, bidi", "NFC, odd signs told", f"{TEXT}::test_cleaning_makes_one_spelling"),
    row(33, "DBF claims 2^31-1 rows", "block at once", f"{SHP}::test_33_"),
    row(34, "DBF widths that do not add up", "block", f"{SHP}::test_34_"),
    row(35, "DBF cut", "block, which row", f"{SHP}::test_35_"),
    row(36, "DBF longer or shorter than shp", "block, both counts", f"{SHP}::test_36_"),
    row(37, "deleted rows", "skipped, counted", f"{FORMATS}::test_deleted_rows_are_skipped_counted"),
    row(38, "****, 1e400, NaN, 1,5", "block per cell", f"{VALUES}::test_a_cell_that_is_no_number_blocks"),
    row(
        39,
        "fields of one name, cut names",
        "kept apart, told",
        f"{FORMATS}::test_two_fields",
        f"{COLUMNS}::test_a_name_cut",
    ),
    row(40, "2,000 fields, a cell of 1 MB", "reject", f"{SHP}::test_40_", f"{JSON}::test_40_"),
    row(41, "record of 50,000,000 points", "block, which row", f"{SHP}::test_41_and_42_"),
    row(42, "-1 parts, falling offsets", "block", f"{SHP}::test_41_and_42_", f"{SHP}::test_42_"),
    row(43, ".shx that lies", "fix, told", f"{SHP}::test_43_"),
    row(
        44,
        "shp cut by 200 bytes",
        "block, both lengths",
        f"{SHP}::test_44_a_cut_shp_is",
        f"{SHP}::test_44_a_cut_shp_with",
    ),
    row(45, "trailing bytes, wrong length", "block", f"{SHP}::test_45_"),
    row(46, "NaN, Inf, 1e300", "block, which row", f"{SHP}::test_46_coordinates", f"{SHP}::test_46_points"),
    row(47, "null shapes", "block, which row", f"{SHP}::test_47_", f"{SHAPES}::test_a_row_without_a_shape_blocks"),
    row(
        48,
        "bow-tie, spike, repeated vertices",
        "fix with figures",
        f"{SHAPES}::test_a_repair_tells",
        f"{SHAPES}::test_a_spike",
        f"{SHAPES}::test_repeated_vertices",
        f"{SHAPES}::test_a_flat_shape",
    ),
    row(49, "unclosed ring", "fix, told", f"{SHP}::test_49_"),
    row(50, "2,000 random vertices", "limit in 10 s", f"{SHAPES}::test_an_outline_of_random_vertices"),
    row(51, "2,000,000 vertices, 300,000 rings", "reject", f"{SHP}::test_51_", f"{JSON}::test_51_"),
    row(52, "a frame round all parcels", "block: contains n", f"{FITTING}::test_a_frame_round_all_parcels"),
    row(53, "50,000 copies", "block, capped", f"{FITTING}::test_copies_are_one_finding"),
    row(54, "gap and overlap of 5 cm in 50,000", "found, with place, 60 s", f"{SEAMS}::test_54_"),
    row(55, "KML with entities", "reject", REFUSED),
    row(56, "KML with NetworkLink, remote icons", "refused with advice, no call", REFUSED),
    row(57, "KMZ bomb", "as 10", f"{ZIPPED}::test_57_"),
    row(58, "GML with schema, xlink", "off, no call", REFUSED),
    row(
        59,
        "GeoJSON deep, 1e400, doubled keys",
        "reject or plain",
        f"{JSON}::test_59_and_60_",
        f"{JSON}::test_59_doubled",
    ),
    row(
        60,
        "FeatureCollection without end",
        "ended by size and time",
        f"{JSON}::test_59_and_60_",
        f"{SANDBOX}::test_a_file_that_takes_too_much_time",
    ),
    row(61, "<img onerror>, javascript:", "text everywhere", f"{HOSTILE}::test_61_"),
    row(62, "=, +, -, @ first", "text in tables", f"{HOSTILE}::test_62_"),
    row(63, "SQL, template and shell signs", "plain data", f"{JSON}::test_63_", f"{HOSTILE}::test_63_"),
    row(
        64,
        "GeoPackage with views, triggers",
        "only real tables",
        f"{GPKG}::test_64_a_view",
        f"{GPKG}::test_64_a_geopackage",
    ),
    row(65, "10,000 layers", "reject", f"{GPKG}::test_65_"),
    row(66, "SQLite named .gpkg", "reject", f"{GPKG}::test_66_"),
    row(67, "DXF of 2,000,000,000 vertices, nested INSERTs", "refused with advice", REFUSED),
    row(68, "DXF with open rings, two labels", "refused with advice", REFUSED),
    row(69, "DGN V8, DWG", "refused with advice", f"{DISGUISE}::test_69_"),
    row(70, "TAB on another datum", "refused with advice", REFUSED),
    row(71, "MIF and MID of unequal rows", "refused with advice", REFUSED),
    row(
        72,
        "XLSX bomb, formula cells",
        "refused; text",
        f"{TABLES}::test_a_spreadsheet_that_swells",
        f"{TABLES}::test_a_formula_is_the",
        f"{TABLES}::test_a_poisoned_sheet",
    ),
    row(73, "0 bytes, random bytes", "reject", f"{JSON}::test_73_"),
    row(74, "file replaced while it is read", "what was received counts", f"{SANDBOX}::test_74_"),
    row(
        75,
        "the same file twice at once",
        "one runs, one is told",
        f"{IMPORTED}::test_the_same_file_twice",
        f"{ARRIVING}::test_75_of_two_people",
    ),
    row(76, "worker killed", "nothing or all, final in 90 s", f"{KILLS}::test_76_"),
    row(77, "database restarts while publishing", "all or nothing", f"{KILLS}::test_77_"),
    row(78, "disk full in scratch", "own code, space freed", f"{SANDBOX}::test_78_"),
    row(
        79,
        "upload cut, 1 byte a second",
        "ended by time-out, nothing left",
        f"{ARRIVING}::test_79_a_file_cut_off",
        f"{ARRIVING}::test_79_a_file_that_comes_in_drops",
    ),
    row(
        80,
        "roll back what others build on",
        "refused with the list",
        f"{BACK}::test_a_later_delivery",
        f"{BACK}::test_every_later",
    ),
)
