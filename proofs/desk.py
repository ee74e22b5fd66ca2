"""Officers of a proof at a desk of its own: what they send, confirm and approve, in this process or by HTTP.

Whoever imports this has set Django up for the proof's own cluster."""

from __future__ import annotations

import hashlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import Error, connections
from django.test import Client
from django.utils import timezone

from desk import choices, queueing, store, working
from desk.models import APPROVER, EDITOR, Delivery, Officer, Right
from desk.moves import move
from desk.states import ENDED
from launcher.serve import child
from layers.revisions import Revision
from proofs.console_kills import ROOT, Scene
from proofs.desk_worker import POINTS
from proofs.victim import LAYER

# What a delivery waits for when its step is done.
AFTER = {"reading": "choosing", "checking": "checked", "publishing": "published"}
# What a server says of a database that was killed under it is no news here.
QUIETLY = ["sh", "-c", 'exec "$0" "$@" 2>/dev/null']
BOUNDARY, TOKEN = "proof", "p" * 32


class Desk:
    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.editor, self.approver = hired("lan", EDITOR), hired("minh", APPROVER)
        self.port = free_port()

    def prepared(self, file: Path, point: str) -> Delivery:
        """A delivery whose job waits for the worker, in the step that the point lies in."""
        folder = store.new_folder()
        sha256, size = store.receive(folder, [SimpleUploadedFile(file.name, file.read_bytes())])
        delivery = Delivery.objects.create(
            layer_slug=LAYER, name=file.name, sender=self.editor, size=size, sha256=sha256, folder=folder,
            choices=choices.NOTHING, whole_layer=True,
        )  # fmt: skip
        step = POINTS[point][0]
        if step != "reading":
            working.reading(delivery.pk)
            delivery.refresh_from_db()
            move(delivery, "checking", who="Lan")
        if step == "publishing":
            working.checking(delivery.pk)
            delivery.refresh_from_db()
            move(delivery, "waiting", who="Lan")
            move(delivery, "publishing", who="Minh", approver=self.approver, approved_at=timezone.now())
        queueing.hand_over(delivery)
        return delivery

    def is_through(self, delivery: Delivery, point: str) -> bool:
        try:
            return Delivery.objects.get(pk=delivery.pk).state not in ("received", POINTS[point][0])
        except Error:
            connections.close_all()
            return False

    def is_right(self, delivery: Delivery, point: str) -> bool:
        """In the state that follows, reached once; published once if that was its step, else not at all."""
        step = POINTS[point][0]
        revisions = Revision.objects.filter(delivery_sha256=delivery.sha256).count()
        reached = delivery.steps.filter(state=AFTER[step]).count()
        now = Delivery.objects.get(pk=delivery.pk).state
        if not (now == AFTER[step] and reached == 1 and revisions == (1 if step == "publishing" else 0)):
            print(f"  {now}, reached {reached} times, {revisions} revisions", flush=True)
            return False
        return True

    def count(self) -> int:
        return Delivery.objects.count()

    def newest_is(self, file: Path) -> bool:
        """The newest delivery is this file, byte for byte, and its job waits."""
        newest = Delivery.objects.order_by("-pk")[0]
        return newest.sha256 == hashlib.sha256(file.read_bytes()).hexdigest() == store.digest(newest.folder)

    def set_aside(self) -> None:
        """The officer withdraws what lies open: twenty open deliveries are the most that one of them may have."""
        Delivery.objects.exclude(state__in=ENDED).update(state="cancelled")

    def serve(self) -> subprocess.Popen[bytes]:
        """gunicorn in a process group of its own, so that a kill reaches its worker too."""
        command = [sys.executable, "-m", "gunicorn", "--no-control-socket", "--workers", "1", "--threads", "2"]
        where = ["--worker-class", "gthread", "--bind", f"127.0.0.1:{self.port}", "geoportal.wsgi"]
        server = child(
            [*QUIETLY, *command, *where],
            dict(self.scene.environment),
            ROOT,
        )
        while server.poll() is None and not self.answers():
            time.sleep(0.1)
        return server

    @staticmethod
    def kill(server: subprocess.Popen[bytes]) -> None:
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)
        server.wait()

    def answers(self) -> bool:
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            asked.request("GET", "/health/live")
            asked.getresponse()
        except OSError:
            return False
        finally:
            asked.close()
        return True

    def upload(self, file: Path, share: float = 1.0, then: Callable[[], None] | None = None) -> None:
        """Send a file as the form does, or that share of it; then something happens, and nobody waits for an answer."""
        body = form(file)
        sent = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            sent.putrequest("POST", "/desk/deliveries/new")
            for name, value in self.headers(len(body)).items():
                sent.putheader(name, value)
            sent.endheaders()
            sent.send(body[: int(len(body) * share)])
            if then:
                then()
            else:
                sent.getresponse().read()
        finally:
            sent.close()

    def headers(self, length: int) -> dict[str, str]:
        client = Client()
        client.force_login(self.editor, backend="allauth.account.auth_backends.AuthenticationBackend")
        return {
            "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
            "Content-Length": str(length),
            "Cookie": f"desk={client.cookies['desk'].value}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
            "Accept": "application/json",
        }


def hired(name: str, role: str) -> User:
    user = User.objects.create_user(name, password="ruong-dong-bat-ngat-2026")  # noqa: S106  (of a proof)
    Officer.objects.create(user=user, name=name.title(), must_change_password=False)
    Right.objects.create(user=user, role=role, granted_by="proof")
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "JBSWY3DPEHPK3PXP"})
    return user


def form(file: Path) -> bytes:
    head = "".join(
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in (("layer", LAYER), ("commune", ""))
    )
    head += f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="{file.name}"\r\n\r\n'
    return head.encode() + file.read_bytes() + f"\r\n--{BOUNDARY}--\r\n".encode()


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port
