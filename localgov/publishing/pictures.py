"""Pictures as they are sent, and as we keep them: upright, cut, encoded anew without anything hidden. Pure functions.

What leaves here was drawn by us from pixels: no camera's place and owner, no comment, no second file behind the picture.
"""

from __future__ import annotations

import hashlib
import io
import struct
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from localgov.lib.refusals import Refusal
from localgov.publishing.models.picture import ACROSS, UPRIGHT

LARGEST: Final = 10 * 1024 * 1024
#: More pixels than any camera of an office makes; a few kilobytes may claim billions.
MOST_PIXELS: Final = 60_000_000
#: A side shorter than this is not worth showing at full size.
SHORTEST: Final = 240
ACCEPTED: Final = "JPG, PNG หรือ GIF"

FULL, THUMB = "full", "thumb"
SIZES: Final = (FULL, THUMB)
#: How a file ends → how it is named to browsers.
TYPES: Final = {"jpg": "image/jpeg", "webp": "image/webp"}

_FORMATS: Final = ("JPEG", "PNG", "GIF")
_QUALITY: Final = 82
# Looked at by us as soon as a picture's head is read: the library's own limit would only warn.
Image.MAX_IMAGE_PIXELS = None


class NotAPicture(Refusal):
    """The file is no picture that we take; the message says what to do."""


@dataclass(frozen=True)
class Made:
    """A picture as it is kept: the full JPEG, its digest, its size in pixels."""

    jpeg: bytes
    sha256: str
    width: int
    height: int


def picture_made(content: bytes) -> Made:
    """The full picture from what was sent: upright, cut to 640×480 or 480×640 around its middle. Raises `NotAPicture`."""
    if not content:
        raise NotAPicture("ไฟล์ว่างเปล่า เลือกไฟล์อื่น")
    if len(content) > LARGEST:
        raise NotAPicture(f"ไฟล์ใหญ่เกิน {LARGEST // 1024 // 1024} MB ย่อภาพก่อนแนบ")
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as sent:
            _refuse_size(sent)
            drawn = _upright(sent)
    except (UnidentifiedImageError, Image.DecompressionBombError):
        raise NotAPicture(f"ไฟล์นี้ไม่ใช่ภาพ {ACCEPTED} (ดูจากเนื้อไฟล์ ไม่ใช่ชื่อไฟล์)") from None
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, TypeError, struct.error) as error:
        if isinstance(error, NotAPicture):
            raise
        raise NotAPicture("ไฟล์ภาพเสียหรือไม่ครบ บันทึกภาพใหม่แล้วแนบอีกครั้ง") from error
    size = ACROSS if drawn.width >= drawn.height else UPRIGHT
    cut = ImageOps.fit(drawn, size, Image.Resampling.LANCZOS)
    jpeg = _encoded(cut, "JPEG")
    return Made(jpeg, hashlib.sha256(jpeg).hexdigest(), *size)


def sizes_made(jpeg: bytes) -> dict[str, bytes]:
    """The other files of a picture by name (`full.webp`, `thumb.jpg`, `thumb.webp`), from its full JPEG."""
    with Image.open(io.BytesIO(jpeg), formats=("JPEG",)) as full:
        full.load()
        thumb = full.resize((full.width // 2, full.height // 2), Image.Resampling.LANCZOS)
        return {
            f"{FULL}.webp": _encoded(full, "WEBP"),
            f"{THUMB}.jpg": _encoded(thumb, "JPEG"),
            f"{THUMB}.webp": _encoded(thumb, "WEBP"),
        }


def path_of(sha256: str, size: str, ending: str) -> str:
    """Where a file of a picture lies in the store."""
    return f"pictures/{sha256[:2]}/{sha256}-{size}.{ending}"


def _refuse_size(sent: Image.Image) -> None:
    """Before a single pixel is read."""
    if sent.width * sent.height > MOST_PIXELS:
        raise NotAPicture(f"ภาพกว้าง {sent.width} × สูง {sent.height} พิกเซล ใหญ่เกินไป ย่อภาพก่อนแนบ")
    if min(sent.width, sent.height) < SHORTEST:
        raise NotAPicture(
            f"ภาพเล็กเกินไป ({sent.width} × {sent.height} พิกเซล) ควรเป็น 640 × 480 (แนวนอน) หรือ 480 × 640 (แนวตั้ง) ขึ้นไป"
        )


def _upright(sent: Image.Image) -> Image.Image:
    """The first frame as it is meant to be seen: turned as its camera said, in sRGB, on white where it is clear."""
    sent.draft("RGB", (ACROSS[0] * 2, ACROSS[0] * 2))
    profile = sent.info.get("icc_profile")
    turned: Image.Image = ImageOps.exif_transpose(sent)
    if turned.mode in ("RGBA", "LA", "PA") or "transparency" in turned.info:
        clear = turned.convert("RGBA")
        turned = Image.new("RGB", clear.size, "white")
        turned.paste(clear, mask=clear.getchannel("A"))
        return turned
    return _in_srgb(turned, profile).convert("RGB")


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Colours as they were meant; a profile that can't be used is left aside."""
    if not profile or picture.mode not in ("RGB", "CMYK"):
        return picture
    try:
        meant = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(picture, meant, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture
    return converted or picture


def _encoded(picture: Image.Image, form: str) -> bytes:
    """Pixels alone, no profile, no text."""
    plain = Image.frombytes("RGB", picture.size, picture.tobytes())
    written = io.BytesIO()
    if form == "JPEG":
        plain.save(written, form, quality=_QUALITY, optimize=True, progressive=True)
    else:
        plain.save(written, form, quality=_QUALITY, method=4)
    return written.getvalue()
