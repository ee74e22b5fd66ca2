"""States of the desk that no journey comes by, written into a database; says where they are and who may look.

    python -m tests.browser.desk_states        prints JSON: addresses by name, and a session of each officer

A process of its own: the tests' own Django speaks to another database.
"""

from __future__ import annotations

import json
import os

import django

REFUSED = {"code": "content-mismatch", "detail": {"suffix": ".shp"}}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "geoportal.settings")
    django.setup()
    from django.utils import timezone

    from desk.models import Undoing
    from layers import catalogue
    from tests.database.officers import at_the_desk, officer

    officers = {
        "editor": officer("an", "editor"),
        "approver": officer("binh", "approver", layer="licensed-wells"),
        "idle": officer("dung", "approver", layer="kept-ponds"),
        "new": officer("chi", "editor", layer="licensed-wells"),
    }
    pages = {"empty": ("new", "/desk/"), "nothing waits": ("idle", "/desk/")}
    pages |= {name: ("editor", f"/desk/deliveries/{number}") for name, number in deliveries(officers["editor"]).items()}
    asked = {"asked_by": officers["editor"], "reason": "Vẽ nhầm vị trí giếng", "layer_slug": "licensed-wells"}
    decided = {"decided_by": officers["approver"], "decided_at": timezone.now()}
    later = [[str(number), "licensed-wells", f"gieng_{number}.zip"] for number in range(30, 37)]
    keys = {"code": "built-upon", "keys": later}
    well = catalogue.get("licensed-wells").model.objects.order_by("feature_id").first()
    waiting = Undoing.objects.create(kind="withdraw", feature_id=well.feature_id, **asked)
    refused = Undoing.objects.create(kind="roll-back", number=3, state="refused", refusal=keys, **asked, **decided)
    pages |= {
        "a withdrawal waits": ("approver", "/desk/"),
        "withdrawal asked": ("approver", f"/desk/undoings/{waiting.pk}"),
        "withdrawal waits": ("editor", f"/desk/undoings/{waiting.pk}"),
        "undoing refused": ("editor", f"/desk/undoings/{refused.pk}"),
    }
    for name, number in mistakes().items():
        pages[name] = ("editor", f"/desk/mistakes/{number}")
    sessions = {name: at_the_desk(user).cookies["desk"].value for name, user in officers.items()}
    print(json.dumps({"pages": pages, "sessions": sessions}))


def deliveries(sender: object) -> dict[str, int]:
    from desk.models import Delivery, Step

    made = {}
    for state, way, note, why in (
        ("refused", ["received", "reading"], "", REFUSED),
        ("failed", ["received", "reading", "choosing", "checking"], "", {"code": "broken"}),
        ("expired", ["received", "reading", "choosing"], "", {"code": "too-late"}),
        ("returned", ["received", "checking", "checked", "waiting"], "Thiếu biên bản đo của thửa 12", {}),
    ):
        one = Delivery.objects.create(
            layer_slug="licensed-wells", name=f"gieng_{state}.zip", sender=sender, size=1, sha256=state, state=state,
            why=why,
        )  # fmt: skip
        for step in way:
            Step.objects.create(delivery=one, state=step, who="An" if step in ("received", "waiting") else "")
        Step.objects.create(delivery=one, state=state, who="Minh" if note else "", note=note)
        made[state] = one.pk
    return made


def mistakes() -> dict[str, int]:
    from contact import mistakes as told
    from contact.mistakes import Told

    numbers = {}
    for name in ("mistake received", "mistake answered", "mistake closed"):
        told.receive(Told(f"Tên đường sai ({name})\nĐúng là đường Trần Hưng Đạo", contact="0912345678"))
        numbers[name] = next(case.number for case in told.queue() if name in (case.text or ""))
    told.answer(numbers["mistake answered"], "An", "Cảm ơn; đã sửa trên bản đồ số 12.")
    told.answer(numbers["mistake closed"], "An", "Đã sửa.")
    told.close(numbers["mistake closed"], "An")
    return numbers


if __name__ == "__main__":
    main()
