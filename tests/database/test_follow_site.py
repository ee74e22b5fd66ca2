"""A site is followed as a parcel is: named by its parcels or drawn, told of what changed, of a parcel that is gone."""

from __future__ import annotations

import html
import re
from urllib.parse import unquote

import pytest
from django.test import Client

from contact import following, watching
from contact.models import Follow, Watched
from layers.ground.parcels import PARCELS
from tests.database.province import FIELD, SOUTH, WEST, box, deliver, parcel, standing, zone

pytestmark = pytest.mark.django_db(databases="__all__")

ZONES = "groundwater-zones"
DRAWN = " ".join(f"{WEST + x:.0f},{SOUTH + y:.0f}" for x, y in ((10, 10), (60, 10), (60, 40), (10, 40)))


@pytest.fixture(autouse=True)
def ground() -> None:
    deliver(PARCELS, parcel(1), parcel(2, box(100, 0, 200, 50)))
    deliver(ZONES, zone(ZONES, "far", box(4000, 4000, 4010, 4010)))


def followed(client: Client, query: dict[str, str]) -> Follow:
    """A feed of the site, by the link on its page."""
    page = client.get("/check", query).content.decode()
    link = re.search(r'href="(/follow/new/site/[^"]+)"', page)
    assert link
    answer = client.post(html.unescape(link[1]), {"channel": "feed"})
    assert answer.status_code == 302
    return Follow.objects.get(token=answer["Location"].rpartition("/")[2])


def by_parcels() -> dict[str, str]:
    return {"parcels": f"{standing(1).feature_id},{standing(2).feature_id}"}


@pytest.mark.parametrize("is_drawn", [True, False])
def test_a_site_is_told_of_a_zone_that_came(client: Client, is_drawn: bool) -> None:
    follow = followed(client, {"outline": DRAWN} if is_drawn else by_parcels())
    assert follow.watched.title["vi"] == f"Khu đất {'1.500' if is_drawn else '10.000'} m²"
    assert watching.check_all() == 0
    deliver(ZONES, zone(ZONES, "near", FIELD))
    assert (watching.check_all(), watching.check_all()) == (1, 0)
    [change] = following.changes_for(follow)
    assert "Vùng near: Có ảnh hưởng" in change.words["vi"].partition("Nay:")[2]


def test_an_attribute_that_changed_is_told_with_old_and_new(client: Client) -> None:
    deliver(ZONES, zone(ZONES, "near", FIELD, decision_no="1/QĐ"))
    follow = followed(client, by_parcels())
    deliver(ZONES, zone(ZONES, "near", FIELD, decision_no="2/QĐ"))
    watching.check_all()
    before, _, after = following.changes_for(follow)[0].words["vi"].partition("Nay:")
    assert "1/QĐ" in before and "2/QĐ" in after and "Tầng chứa nước" not in before


def test_its_private_page_leads_back_to_its_answer(client: Client) -> None:
    follow = followed(client, {"outline": DRAWN})
    page = client.get(f"/follow/{follow.token}").content.decode()
    link = re.search(r'href="(/check\?[^"]+)"', page)
    assert link and DRAWN in unquote(html.unescape(link[1])).replace("+", " ")
    assert client.get(html.unescape(link[1])).status_code == 200


def test_a_parcel_of_it_that_is_gone_is_told_once(client: Client) -> None:
    follow = followed(client, by_parcels())
    deliver(PARCELS, parcel(1), parcel(3, box(100, 0, 200, 50)))
    assert (watching.check_all(), watching.check_all()) == (1, 0)
    assert "Không còn như trước" in following.changes_for(follow)[0].words["vi"]


@pytest.mark.parametrize("reference", ["outline=x", "parcels=999", "parcels=", "corners=1,2", "outline=1,1", "%00"])
def test_what_is_no_site_cannot_be_followed(client: Client, reference: str) -> None:
    assert client.post(f"/follow/new/site/{reference}", {"channel": "feed"}).status_code == 404
    assert not Watched.objects.exists()
