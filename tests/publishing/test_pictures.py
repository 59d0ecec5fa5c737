"""Pictures: drawn anew from what telephones, scanners and rascals send; served only while something shown holds them."""

from __future__ import annotations

import io
import struct
import zlib
from datetime import datetime
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from localgov.jobs.models import Job
from localgov.publishing import services
from localgov.publishing.models import Picture
from localgov.publishing.pictures import LARGEST, NotAPicture, picture_made, sizes_made
from localgov.publishing.states import PublishedKind
from tests.conftest import Person, Register
from tests.jobs.running import run_queued
from tests.publishing.making import WRITER, item_made, item_shown, jpeg


def drawn(form: str, picture: Image.Image, **options: object) -> bytes:
    written = io.BytesIO()
    picture.save(written, form, **options)
    return written.getvalue()


def half_red(size: tuple[int, int]) -> Image.Image:
    """Red above, blue below."""
    picture = Image.new("RGB", size, "blue")
    picture.paste("red", (0, 0, size[0], size[1] // 2))
    return picture


def bomb() -> bytes:
    """A PNG of a few bytes that claims 50,000 × 50,000 pixels."""
    head = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


def test_turned_upright_cut_and_without_anything_hidden() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera lay on its side: to be turned by 90°
    exif[0x010E] = "secret"
    exif.get_ifd(0x8825)[1] = "N"
    sent = drawn("JPEG", half_red((1200, 900)), exif=exif, comment=b"secret") + b"<?php secret ?>"

    made = picture_made(sent)

    with Image.open(io.BytesIO(made.jpeg)) as kept:
        assert kept.size == (made.width, made.height) == (480, 640)
        assert not kept.getexif()
        assert not {"exif", "comment", "icc_profile"} & set(kept.info)
        left, right = kept.getpixel((60, 320)), kept.getpixel((420, 320))
    assert isinstance(left, tuple)
    assert isinstance(right, tuple)
    assert (left[2] > 200, right[0] > 200) == (True, True)
    assert b"secret" not in made.jpeg
    assert picture_made(sent) == made


@pytest.mark.parametrize(
    ("form", "mode", "size"),
    [
        ("GIF", "P", (640, 480)),
        ("PNG", "RGBA", (2000, 500)),
        ("PNG", "LA", (500, 2000)),
        ("PNG", "1", (300, 300)),
        ("PNG", "I;16", (400, 400)),
        ("JPEG", "CMYK", (800, 600)),
        ("JPEG", "L", (240, 240)),
    ],
)
def test_every_mode_becomes_the_same_kind_of_picture(form: str, mode: str, size: tuple[int, int]) -> None:
    made = picture_made(drawn(form, Image.new(mode, size)))

    assert (made.width, made.height) == ((640, 480) if size[0] >= size[1] else (480, 640))
    for name, content in sizes_made(made.jpeg).items():
        with Image.open(io.BytesIO(content)) as kept:
            half = 1 if name.startswith("full") else 2
            assert kept.size == (made.width // half, made.height // half)
            assert kept.format == {"jpg": "JPEG", "webp": "WEBP"}[name.rpartition(".")[2]]


def test_of_a_moving_picture_the_first_frame_is_kept_and_clear_is_white() -> None:
    frames = [Image.new("RGB", (320, 240), colour) for colour in ("lime", "red")]
    moving = picture_made(drawn("GIF", frames[0], save_all=True, append_images=frames[1:]))
    clear = picture_made(drawn("PNG", Image.new("RGBA", (320, 240), (255, 0, 0, 0))))

    for made, colour in ((moving, (0, 255, 0)), (clear, (255, 255, 255))):
        with Image.open(io.BytesIO(made.jpeg)) as kept:
            assert kept.getpixel((5, 5)) == pytest.approx(colour, abs=6)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "ว่างเปล่า"),
        (b"<html><script>alert(1)</script>", "ไม่ใช่ภาพ"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "ไม่ใช่ภาพ"),
        (drawn("WEBP", Image.new("RGB", (640, 480))), "ไม่ใช่ภาพ"),
        (drawn("BMP", Image.new("RGB", (640, 480))), "ไม่ใช่ภาพ"),
        (jpeg()[: len(jpeg()) // 2], "เสียหรือไม่ครบ"),
        (drawn("PNG", half_red((640, 480)))[:-40], "เสียหรือไม่ครบ"),
        (b"GIF89a", "ไม่"),
        (b"\xff\xd8\xff" + b"\0" * 50, "ไม่"),
        (jpeg(size=(200, 900)), "เล็กเกินไป"),
        (bomb(), "ใหญ่เกินไป"),
        (b"\0" * (LARGEST + 1), "ใหญ่เกิน 10 MB"),
    ],
    ids=["empty", "html", "svg", "webp", "bmp", "cut jpeg", "cut png", "gif head", "jpeg head", "small", "bomb", "big"],
)
def test_refuses_in_words(content: bytes, words: str) -> None:
    with pytest.raises(NotAPicture, match=words):
        picture_made(content)


def address(picture: Picture, size: str = "full", ending: str = "jpg") -> str:
    return reverse("pictures:picture", args=[picture.sha256, size, ending])


def test_a_picture_is_public_only_while_something_shown_holds_it(
    register: Register, recorder: Person, stranger: Person, province_officer: Person, stranger_officer: Person,
    at: datetime,
) -> None:  # fmt: skip
    anybody = Client()
    waiting = item_made(register.unit, at, PublishedKind.PLACE, actor=recorder.actor)
    picture = Picture.objects.get()
    own = reverse("publishing:picture", args=[picture.pk])

    assert anybody.get(address(picture)).status_code == 404
    assert (recorder.client().get(own).status_code, province_officer.client().get(own).status_code) == (200, 200)
    assert (stranger.client().get(own).status_code, stranger_officer.client().get(own).status_code) == (404, 404)
    services.version_check(actor=province_officer.actor, at=at, version_id=waiting.newest_id or 0)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        shown = anybody.get(address(picture))
    assert shown.status_code == 200
    assert (shown["Content-Type"], shown["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert "Set-Cookie" not in shown
    assert len(asked) == 1
    assert anybody.get(address(picture), headers={"If-None-Match": shown["ETag"]}).status_code == 304
    services.item_display(actor=recorder.actor, at=at, item_id=waiting.pk, displayed=False)
    assert anybody.get(address(picture), headers={"If-None-Match": shown["ETag"]}).status_code == 404
    for wrong in ("x" * 64, "0" * 64, picture.sha256.upper()):
        for size, ending in (("full", "jpg"), ("huge", "jpg"), ("full", "svg")):
            assert anybody.get(reverse("pictures:picture", args=[wrong, size, ending])).status_code == 404


def test_sizes_are_made_once_in_the_background_and_stood_in_for_until_then(
    register: Register, at: datetime, media: Path
) -> None:
    item_shown(register.unit, at, PublishedKind.PLACE)
    picture = Picture.objects.get()
    job = services.thumbnails_ask(actor=WRITER, at=at, pictures=[picture], path="th.25.")
    anybody = Client()

    before = anybody.get(address(picture, "thumb", "webp"))
    assert (before["Content-Type"], before["Cache-Control"]) == ("image/jpeg", "no-store")
    assert run_queued() == 1
    after = anybody.get(address(picture, "thumb", "webp"))

    assert job is not None
    done = Job.objects.get(pk=job.pk)
    assert (done.done, done.total, done.message) == (1, 1, "เตรียมภาพย่อ 1 ภาพแล้ว")
    assert after["Content-Type"] == "image/webp"
    with Image.open(io.BytesIO(after.content)) as kept:
        assert kept.size == (320, 240)
    assert len(list(media.glob("pictures/*/*"))) == 4
    picture.refresh_from_db()
    assert services.thumbnails_ask(actor=WRITER, at=at, pictures=[picture], path="th.25.") is None
