"""Officers of the tests: signed in with a second factor, or not; deliveries whose work is done at once."""

from __future__ import annotations

from pathlib import Path

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.test import Client

from desk import working
from desk.models import Delivery, Officer, Right

PASSWORD = "ruong-dong-bat-ngat-2026"


def officer(name: str, *roles: str, layer: str = "", commune: str = "", enrolled: bool = True) -> User:
    user = User.objects.create_user(name, password=PASSWORD)
    Officer.objects.create(user=user, name=name.title(), must_change_password=not enrolled)
    for role in roles:
        Right.objects.create(user=user, role=role, layer=layer, commune_code=commune, granted_by="test")
    if enrolled:
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "JBSWY3DPEHPK3PXP"})
    return user


def at_the_desk(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def work(delivery: Delivery) -> Delivery:
    """What the worker would do next."""
    delivery.refresh_from_db()
    working.WORK["received" if delivery.state == "reading" else delivery.state](delivery.pk)
    delivery.refresh_from_db()
    return delivery


def send(client: Client, *files: Path, layer: str = "parcels", commune: str = "", **more: str) -> Delivery:
    """Upload files by the plain form; the delivery that came of it."""
    opened = [file.open("rb") for file in files]
    answer = client.post("/desk/deliveries/new", {"layer": layer, "commune": commune, "files": opened, **more})
    for file in opened:
        file.close()
    assert answer.status_code == 302, answer.content.decode()
    return Delivery.objects.get(pk=int(answer["Location"].rpartition("/")[2]))


def parts(shp: Path) -> list[Path]:
    return sorted(file for file in shp.parent.glob(f"{shp.stem}.*"))
