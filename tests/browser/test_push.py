"""Web push in a real browser: asked for, left with a push service, opened by the browser, shown, clicked, ended."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.addresses import connect
from tests.browser.conftest import SETTINGS
from tests.browser.helpers import Parcel
from tests.push_service import PushService
from tests.templates import manage

# Chromium has no push service here to register with. It is asked all the same: it gets that far only with a key that it
# takes for one (else InvalidAccessError); then ours gives the subscription.
OUR_SERVICE = """subscription => {
  const asked = PushManager.prototype.subscribe
  PushManager.prototype.subscribe = async function (options) {
    const said = await asked.call(this, options).catch((error) => error)
    if (said.name !== 'AbortError') throw said
    return { toJSON: () => subscription }
  }
}"""
SHOWN = """navigator.serviceWorker.ready.then((registration) => registration.getNotifications())
  .then((shown) => shown.map(({ title, body }) => ({ title, body })))"""
IS_SHOWN = "() => navigator.serviceWorker.ready.then((one) => one.getNotifications()).then(({ length }) => length)"
# A window may be opened only by a real click on the screen's own notification, so what it would open is taken down.
CLICKED = """async () => {
  const [notification] = await self.registration.getNotifications()
  let opened
  self.clients.openWindow = async (address) => { opened = address }
  self.dispatchEvent(new NotificationEvent('notificationclick', { notification }))
  return opened
}"""
TELL = "from contact import following, watching; watching.check_all(); following.tell_all()"


@pytest.mark.service_worker
def test_a_browser_is_told_of_a_change_and_led_to_the_page_that_tells_which(
    page: Page,
    context: BrowserContext,
    database: str,
    base_url: str,
    parcel: Parcel,
    push_service: PushService,
    pushing_settings: dict[str, str],
) -> None:
    context.grant_permissions(["notifications"], origin=base_url)
    page.add_init_script(f"({OUR_SERVICE})({push_service.subscription})")
    page.goto(f"/follow/new/parcel/{parcel.id}")
    page.get_by_role("button", name="Nhận thông báo ở đây").click()
    page.wait_for_url(re.compile(r"/follow/(?!new/)"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Bạn đang theo dõi câu trả lời này")

    # As if there had been no such parcel when it was last computed: now there is one again.
    with connect(database.rpartition("/")[2]) as connection:
        connection.execute("UPDATE contact_watched SET twin = '{}' WHERE reference = %s", [str(parcel.id)])
    manage(database, "shell", "-c", TELL, **SETTINGS, **pushing_settings)
    [(_, sealed)] = push_service.taken
    told = push_service.opened(sealed)
    assert base_url + told["page"] == page.url

    deliver(page, base_url, json.dumps(told))
    [worker] = context.service_workers
    # Any answer of the worker's comes after the event that it was woken for.
    page.wait_for_function(
        "() => navigator.serviceWorker.ready.then((one) => one.getNotifications()).then(({ length }) => length)"
    )
    assert page.evaluate(SHOWN) == [{"title": told["title"], "body": told["body"]}]
    page.goto(worker.evaluate(CLICKED))
    expect(page.locator(".change-words")).not_to_be_empty()
    page.get_by_role("button", name="Thôi theo dõi").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã thôi theo dõi")


def deliver(page: Page, origin: str, text: str) -> None:
    """Hand a message to the portal's service worker, as the browser's own push client does."""
    devtools, registered = page.context.new_cdp_session(page), list[dict[str, Any]]()
    devtools.on("ServiceWorker.workerRegistrationUpdated", lambda told: registered.extend(told["registrations"]))
    devtools.send("ServiceWorker.enable")
    for _ in range(10_000):
        if registered:
            break
        page.evaluate("() => new Promise(requestAnimationFrame)")  # what the browser tells is heard meanwhile
    message = {"origin": origin, "registrationId": registered[0]["registrationId"], "data": text}
    devtools.send("ServiceWorker.deliverPushMessage", message)
