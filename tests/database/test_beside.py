"""What stands beside the four answers: the nearest stations, and the rows of tables that may apply."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from layers import catalogue
from layers.ground.admin_units import OLD
from layers.ground.parcels import PARCELS
from layers.queries.matched import MOST
from layers.queries.snapshots import newest
from layers.report.answers import Answer, MayApply, Reason, Station, Stations
from tests.database.province import Row, ask, deliver, parcel, point, standing

pytestmark = pytest.mark.django_db(databases="__all__")
STATIONS, MONITORED, PRICES = "hydromet-stations", "monitoring-stations", "land-prices"
DECISION = {"decision_no": "61/2025/QĐ-UBND", "decision_date": "2025-12-20", "issuer": "Ủy ban nhân dân tỉnh"}


def gauge(code: str, x: float, kind: str = "water-level", **said: object) -> Row:
    row: dict[str, Any] = {"code": code, "name": f"Trạm {code}", "kind": kind, "geometry": point(x, 25)}
    value = {"latest_value": "-34", "unit": "cm", "measured_at": "2026-02-28T07:00:00+07:00"}
    return row | value | said


def near(slug: str = STATIONS, **asked: Any) -> Stations:
    [found] = [each for theme in ask(**asked).themes for each in theme.stations if each.layer.slug == slug]
    return found


def said(station: Station) -> dict[str, object]:
    return {attribute.name: attribute.value for attribute in station.attributes}


class TestStations:
    @pytest.fixture(autouse=True)
    def _field(self) -> None:
        deliver(PARCELS, parcel(1))

    def test_the_nearest_of_each_kind_is_told_with_its_distance(self) -> None:
        deliver(STATIONS, gauge("A", 350), gauge("B", 130), gauge("C", 90, "rain"), gauge("D", 1100, "salinity"))
        told = [(each.label, each.distance_m) for each in near().nearest]
        assert told == [("Trạm C", 0), ("Trạm B", 30), ("Trạm D", 1000)]

    def test_a_station_farther_than_the_layer_says_does_not_speak(self) -> None:
        how = catalogue.get(STATIONS).nearest
        assert how is not None
        deliver(STATIONS, gauge("A", 100 + how.within_m + 1), gauge("B", 100 + how.within_m - 1, "rain"))
        assert [each.label for each in near().nearest] == ["Trạm B"]

    def test_a_value_comes_with_its_unit_and_moment(self) -> None:
        deliver(STATIONS, gauge("A", 130))
        [value] = [each for each in near().nearest[0].attributes if each.name == "latest_value"]
        assert (value.value, value.unit) == ("-34", "cm")
        assert str(said(near().nearest[0])["measured_at"]).startswith("2026-02-28 00:00:00+00:00")
        assert "unit" not in said(near().nearest[0])

    def test_an_alert_level_is_told_only_with_the_edition_that_sets_it(self) -> None:
        deliver(STATIONS, gauge("A", 130, alert_level="2"))
        assert "alert_level" not in said(near().nearest[0])
        deliver(STATIONS, gauge("A", 130, alert_level="2", alert_edition="QĐ 05/2020/QĐ-TTg"))
        assert said(near().nearest[0])["alert_level"] == "2"

    def test_a_limit_is_told_only_with_the_edition_that_sets_it(self) -> None:
        row: Row = {
            "code": "Q", "name": "Điểm Q", "medium": "air", "parameter": "PM2.5", "latest_value": "38",
            "unit": "µg/m³", "limit_value": "45", "geometry": point(130, 25),
        }  # fmt: skip
        deliver(MONITORED, row)
        assert "limit_value" not in said(near(MONITORED).nearest[0])
        deliver(MONITORED, {**row, "limit_edition": "QCVN 05:2023/BTNMT"})
        assert said(near(MONITORED).nearest[0])["limit_value"] == "45"

    def test_a_closed_station_and_one_not_yet_open_say_nothing(self) -> None:
        deliver(STATIONS, gauge("A", 130, state="ended"), gauge("B", 140, valid_from="2026-04-01"))
        assert near().nearest == ()
        assert [each.label for each in near(on=date(2026, 4, 1)).nearest] == ["Trạm B"]

    def test_an_older_snapshot_tells_the_older_value(self) -> None:
        deliver(STATIONS, gauge("A", 130))
        before = newest()
        deliver(STATIONS, gauge("A", 130, latest_value="182"))
        assert said(near(at=before).nearest[0])["latest_value"] == "-34"
        assert said(near().nearest[0])["latest_value"] == "182"

    def test_stations_alone_leave_their_theme_not_assessed(self) -> None:
        deliver(STATIONS, gauge("A", 50))
        [theme] = [theme for theme in ask().themes if theme.theme == "hydrometeorology"]
        assert (theme.answer, theme.reason) == (Answer.NOT_ASSESSED, Reason.NO_ZONES)

    def test_stations_never_published_are_told_so(self) -> None:
        assert (near().reason, near().nearest) == (Reason.NOT_PUBLISHED, ())

    def test_the_page_says_what_a_station_does_not_say(self, client: Client) -> None:
        deliver(STATIONS, gauge("A", 1600))
        page = client.get(f"/parcels/{standing().feature_id}").content.decode()
        assert "cách 1,5\u00a0km" in page
        assert "\u221234" not in page and "-34\u00a0cm" in page
        assert "07:00 28/02/2026" in page
        assert "chưa có vùng nào để xét" in page


def price(code: str, **words: object) -> Row:
    row: dict[str, Any] = {
        "code": code, "name": f"Dòng {code}", "commune_code": "12817", "land_use": "ONT", "price": 1_250_000,
        "road": "Đường 10", "position": "Vị trí 1", "source": "Công báo",
    }  # fmt: skip
    return row | DECISION | words


def rows(**asked: Any) -> MayApply:
    [table] = ask(**asked).may_apply
    return table


def codes_told(**asked: Any) -> list[object]:
    return [row.cells[3].value for row in rows(**asked).rows]


class TestRowsThatMayApply:
    @pytest.fixture(autouse=True)
    def _field(self) -> None:
        deliver(PARCELS, parcel(1, purposes=[{"code": "ONT", "vocabulary": "2024", "area_m2": None}]))

    def test_rows_of_the_commune_and_purpose_are_told_with_their_price_as_printed(self) -> None:
        deliver(PRICES, price("1"), price("2", position="Vị trí 2", price=800.5, price_unit="nghìn đồng/m²"))
        table = rows()
        assert [str(column) for column in table.columns] == [
            "Loại đất", "Giá trong bảng", "Vị trí", "Đường, khu dân cư",
        ]  # fmt: skip
        told = [(float(str(cell.value)), cell.unit) for cell in (row.cells[1] for row in table.rows)]
        assert told == [(1_250_000.0, "đồng/m²"), (800.5, "nghìn đồng/m²")]
        assert table.total == 2

    def test_another_commune_and_another_purpose_do_not_apply(self) -> None:
        deliver(PRICES, price("1", road="Đây"))
        deliver(PRICES, price("1", commune_code="12820", road="Đây"))
        deliver(PRICES, price("2", decision_no="62", land_use="LUC", road="Ruộng"))
        assert codes_told() == ["Đây"]

    def test_a_group_of_uses_may_apply_because_nobody_can_say_it_does_not(self) -> None:
        deliver(PRICES, price("1", land_use="OTC", road="Nhóm đất ở"))
        assert codes_told() == ["Nhóm đất ở"]

    def test_without_a_known_purpose_every_row_of_the_commune_may_apply(self) -> None:
        deliver(PARCELS, parcel(1, purposes=[]))
        deliver(PRICES, price("1"), price("2", land_use="LUC"))
        assert rows().total == 2

    def test_a_table_by_the_old_list_of_communes_finds_the_old_commune_and_no_new_one_of_that_code(self) -> None:
        deliver(PARCELS, parcel(1, old_commune_code="12500", purposes=[]))
        deliver(PRICES, price("1", commune_code="12500", commune_edition=OLD, road="Xã cũ"))
        deliver(PRICES, price("2", decision_no="7", commune_code="12817", commune_edition=OLD, road="Trùng mã"))
        assert codes_told() == ["Xã cũ"]

    def test_a_table_counts_only_while_it_is_in_force(self) -> None:
        deliver(PRICES, price("1", valid_from="2026-01-01", valid_until="2026-12-31"))
        assert rows(on=date(2026, 12, 31)).total == 1
        assert rows(on=date(2027, 1, 1)).total == 0
        deliver(PRICES, price("1", state="draft"))
        assert rows().total == 0

    def test_an_older_snapshot_tells_the_older_rows(self) -> None:
        deliver(PRICES, price("1", price=1))
        before = newest()
        deliver(PRICES, price("1", price=2))
        assert [float(str(rows(at=at).rows[0].cells[1].value)) for at in (before, None)] == [1, 2]

    def test_a_long_table_is_cut_and_says_how_many_rows_there_are(self) -> None:
        deliver(PRICES, *(price(f"{number:03d}", segment=f"Đoạn {number}") for number in range(MOST + 5)))
        assert (len(rows().rows), rows().total) == (MOST, MOST + 5)

    def test_a_decision_is_told_once_for_its_rows(self) -> None:
        deliver(PRICES, price("1"), price("2", road="Đường 11"))
        deliver(PRICES, price("3", decision_no="62/2025/QĐ-UBND", road="Đường 9"))
        table = rows()
        told = [{each.name: each.value for each in decision} for decision in table.decisions]
        assert [decision["decision_no"] for decision in told] == ["61/2025/QĐ-UBND", "62/2025/QĐ-UBND"]
        assert told[0]["source"] == "Công báo"
        assert [row.decision for row in table.rows] == [0, 0, 1]

    def test_a_table_never_published_is_told_so(self) -> None:
        assert (rows().reason, rows().rows) == (Reason.NOT_PUBLISHED, ())

    def test_the_page_says_that_the_rows_may_apply_and_names_no_price_of_the_parcel(self, client: Client) -> None:
        deliver(PRICES, price("1"))
        page = client.get(f"/parcels/{standing().feature_id}").content.decode()
        assert "có thể áp dụng" in page and "1.250.000\u00a0đồng/m²" in page
        assert "61/2025/QĐ-UBND" in page and "20/12/2025" in page and "Công báo" in page
        assert "cổng không đưa ra giá của thửa đất" in page

    def test_the_json_tells_the_same_rows(self, client: Client) -> None:
        deliver(PRICES, price("1"))
        [table] = client.get(f"/api/parcels/{standing().feature_id}/report").json()["may_apply"]
        assert table["rows"][0]["cells"][0]["value"] == "ONT"
        assert table["layer"]["slug"] == PRICES
