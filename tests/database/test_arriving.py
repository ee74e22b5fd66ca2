"""A file on its way in: cut off, in drops, or sent by two people at once (rows 75 and 79 of the bad inputs)."""

from __future__ import annotations

import io
import socket
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client

from desk import store
from desk.models import Delivery
from desk.views import upload
from geoportal.whole import AT_LEAST, AT_MOST, CutOff, Whole, patience_for, whole
from importers.reader.limits import MEGABYTE, OFFICER
from tests.database.officers import at_the_desk, officer

HEAD = (
    b'--end\r\nContent-Disposition: form-data; name="layer"\r\n\r\nparcels\r\n--end\r\n'
    b'Content-Disposition: form-data; name="files"; filename="goc.csv"\r\n\r\n'
)
END = b"\r\n--end--\r\n"
LINE = b"2262000;587000\n"
SMALL = HEAD + LINE * 2_000 + END
LARGE = HEAD + LINE * (4 * MEGABYTE // len(LINE)) + END  # too large to be held in memory
SENTENCE = "chưa nhận gì và không có gì được giữ lại"


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, settings: Any) -> Path:
    settings.DATA_DIR = tmp_path / "data"
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "data" / "arriving")
    return tmp_path / "data"


def sent(client: Client, stream: Any, length: int, **more: Any) -> Any:
    """A form of that length, of which the server reads what the stream has."""
    more |= {"CONTENT_TYPE": "multipart/form-data; boundary=end", "CONTENT_LENGTH": str(length), "wsgi.input": stream}
    return client.post("/desk/deliveries/new", **more)


def lying(data_folder: Path) -> list[Path]:
    return [path for path in data_folder.rglob("*") if path.is_file() or path.parent.name == "desk"]


@pytest.mark.django_db(databases="__all__")
@pytest.mark.parametrize("body", [SMALL, LARGE], ids=["in memory", "on disk"])
@pytest.mark.parametrize("share", [0.0005, 0.5, 0.9999])
def test_79_a_file_cut_off_on_its_way_leaves_nothing(data_folder: Path, body: bytes, share: float) -> None:
    lan = at_the_desk(officer("lan", "editor"))
    stream = Whole(io.BytesIO(body[: int(len(body) * share)]), len(body), None, AT_LEAST)
    answer = sent(lan, stream, len(body))
    assert (answer.status_code, Delivery.objects.count(), lying(data_folder)) == (400, 0, [])
    assert SENTENCE in answer.content.decode()


@pytest.mark.django_db(databases="__all__")
def test_79_the_same_file_arrives_when_it_arrives_whole() -> None:
    lan = at_the_desk(officer("lan", "editor"))
    assert sent(lan, Whole(io.BytesIO(LARGE), len(LARGE), None, AT_LEAST), len(LARGE)).status_code == 302
    assert store.originals(Delivery.objects.get().folder)[0].stat().st_size == len(LARGE) - len(HEAD) - len(END)


@pytest.mark.django_db(databases="__all__")
def test_79_a_file_that_comes_in_drops_is_ended_and_the_script_is_told_why(data_folder: Path) -> None:
    ours, theirs = socket.socketpair()
    ended = threading.Event()
    theirs.sendall(LARGE[: MEGABYTE // 8])
    drops = threading.Thread(target=drip, args=(theirs, ended))
    drops.start()
    lan = at_the_desk(officer("lan", "editor"))
    stream = Whole(ours.makefile("rb"), len(LARGE), ours, 0.5)
    answer = sent(lan, stream, len(LARGE), HTTP_ACCEPT="application/json")
    ended.set()
    drops.join()
    assert (answer.status_code, Delivery.objects.count(), lying(data_folder)) == (400, 0, [])
    assert SENTENCE in answer.json()["title"]
    ours.close()
    theirs.close()


def drip(connection: socket.socket, ended: threading.Event) -> None:
    """A byte now and then, as long as somebody takes it."""
    while not ended.wait(0.02):
        try:
            connection.send(b"2")
        except OSError:
            return


def test_79_the_server_gives_every_application_bodies_that_are_whole() -> None:
    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        return [environ["wsgi.input"].read(100)]

    assert whole(application)({"CONTENT_LENGTH": "5", "wsgi.input": io.BytesIO(b"12345")}, print) == [b"12345"]
    with pytest.raises(CutOff):
        whole(application)({"CONTENT_LENGTH": "6", "wsgi.input": io.BytesIO(b"12345")}, print)


def test_79_the_largest_file_has_time_to_arrive_and_none_outlasts_the_sweep() -> None:
    from desk.sweeping import RECEIVING

    assert patience_for(OFFICER.file) == AT_MOST < RECEIVING.total_seconds()
    assert patience_for(100) < AT_LEAST + 1


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_75_of_two_people_who_send_one_file_at_once_one_runs_and_one_is_told(
    data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = [at_the_desk(officer(name, "editor")) for name in ("lan", "minh")]
    meeting = threading.Barrier(2)
    looked = upload.running_twin

    def looked_together(sha256: str, layer: str) -> Delivery | None:
        """Neither goes on before both have seen that the file is not there."""
        found = looked(sha256, layer)
        if threading.current_thread() is not threading.main_thread() and found is None:
            meeting.wait(60)
        return found

    monkeypatch.setattr(upload, "running_twin", looked_together)
    answers: list[Any] = []
    people = [threading.Thread(target=one_sends, args=(client, answers)) for client in both]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert sorted(answer.status_code for answer in answers) == [302, 400]
    delivery = Delivery.objects.get()
    told = next(answer for answer in answers if answer.status_code == 400).content.decode()
    assert f"đợt nộp {delivery.pk} của {delivery.sender.username.title()}" in told
    assert [path.name for path in store.root().iterdir()] == [delivery.folder]
    assert store.originals(delivery.folder)


def one_sends(client: Client, answers: list[Any]) -> None:
    file = SimpleUploadedFile("goc.csv", b"X;Y\n2262000;587000\n")
    try:
        answers.append(client.post("/desk/deliveries/new", {"layer": "parcels", "commune": "", "files": file}))
    finally:
        connections.close_all()
