"""A photo is drawn anew in the confined child; bombs, scripts, broken and huge files are one refusal each."""

from __future__ import annotations

import io
import struct
import tempfile
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from importers.reader import Refused, sandbox
from importers.reader.photos import LONGEST_SIDE, PHOTO, redraw
from importers.reader.refusals import words

PLANTED = "an@planted.example"


def picture(kind: str, size: tuple[int, int] = (400, 300), mode: str = "RGB", **said: object) -> bytes:
    written = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert(mode).save(written, kind, **said)  # type: ignore[arg-type]
    return written.getvalue()


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width: int, height: int, *more: bytes) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(bytes(4_000_000), 9))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + body + chunk(b"IEND", b"")


def drawn(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(redraw(content)))


@pytest.mark.parametrize(
    ("kind", "mode"), [("JPEG", "RGB"), ("JPEG", "CMYK"), ("PNG", "RGBA"), ("PNG", "P"), ("WEBP", "RGB")]
)
def test_the_three_kinds_become_a_jpeg_of_ours(kind: str, mode: str) -> None:
    anew = drawn(picture(kind, mode=mode))
    assert (anew.format, anew.mode, anew.size) == ("JPEG", "RGB", (400, 300))


def test_nothing_a_camera_or_a_hand_wrote_beside_it_is_left() -> None:
    told = Image.Exif()
    told[0x010F], told[0x9C9C], told[0x0112] = "Camera", PLANTED.encode("utf-16le"), 6
    told.get_ifd(0x8825)[1] = "N"
    said = PngImagePlugin.PngInfo()
    said.add_text("Comment", PLANTED)
    for content in (
        picture("JPEG", exif=told.tobytes(), comment=PLANTED.encode(), icc_profile=PLANTED.encode() * 20),
        picture("PNG", pnginfo=said),
        picture("WEBP", exif=told.tobytes(), xmp=PLANTED.encode()),
        picture("JPEG") + PLANTED.encode(),
    ):
        assert b"Camera" in content or b"planted" in content
        anew = redraw(content)
        assert b"planted" not in anew and b"Camera" not in anew and b"Exif" not in anew
        assert not Image.open(io.BytesIO(anew)).getexif()


def test_it_is_turned_upright_and_made_smaller() -> None:
    sideways = Image.Exif()
    sideways[0x0112] = 6
    assert drawn(picture("JPEG", (4000, 2000), exif=sideways.tobytes())).size == (LONGEST_SIDE // 2, LONGEST_SIDE)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(b"", "file-empty", id="nothing"),
        pytest.param(b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', "photo-format", id="svg"),
        pytest.param(picture("GIF"), "photo-format", id="gif"),
        pytest.param(picture("TIFF"), "photo-format", id="tiff"),
        pytest.param(b"%PDF-1.7", "photo-format", id="pdf"),
        pytest.param(b"PK\x03\x04", "photo-format", id="zip"),
        pytest.param(b"\xff\xd8\xff" + b"<script>" * 100, "photo-broken", id="script in a JPEG's clothes"),
        pytest.param(b"RIFF\0\0\0\0WEBPVP8 ", "photo-broken", id="empty WebP"),
        pytest.param(picture("JPEG", (900, 900))[:3000], "photo-broken", id="cut off"),
        pytest.param(png(60_000, 60_000), "photo-pixels", id="bomb of 3.6 billion pixels"),
        pytest.param(png(8_000, 8_000), "photo-pixels", id="bomb of 64 million pixels"),
        pytest.param(
            png(10, 10, chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(300_000_000), 9))),
            "photo-broken",
            id="bomb of text",
        ),
    ],
)
def test_what_is_no_photo_is_refused_with_words(content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        redraw(content)
    assert refused.value.code == code
    sentence, advice = words(refused.value)
    assert "?" not in sentence and "{" not in sentence and advice


def test_too_large_a_file_is_refused_before_a_child_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "Child", None)
    with pytest.raises(Refused, match="photo-too-large"):
        redraw(b"\xff\xd8\xff" + bytes(PHOTO.file))


def test_a_child_that_takes_too_long_or_too_much_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Refused, match="too-slow"):
        redraw(picture("JPEG"), limits=replace(PHOTO, wall=0))
    with pytest.raises(Refused):
        redraw(picture("PNG", (6000, 6000)), limits=replace(PHOTO, memory=150 * 2**20))


def test_nothing_is_left_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    redraw(picture("JPEG"))
    with pytest.raises(Refused):
        redraw(b"\xff\xd8\xff")
    assert not list(tmp_path.iterdir())
