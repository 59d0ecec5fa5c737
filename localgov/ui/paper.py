"""Printed papers as PDF by Typst: the same data give the same bytes, on any machine with the same packages."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import segno
import typst
from django.conf import settings

CONTENT_TYPE = "application/pdf"
#: Papers live beside the room that prints them; Typst reads no file above this folder.
_ROOT = Path(__file__).resolve().parent.parent
_FONTS = settings.BASE_DIR / "assets" / "dist" / "paper"


def render(template: str, data: Mapping[str, Any], *, at: datetime, root: Path = _ROOT) -> bytes:
    """The PDF/A-2b of a template over JSON data, dated `at`: when the paper's act was done.

    The template is a path under `root`, which is `localgov/` unless the paper shows pictures that lie elsewhere.
    """
    compiler = typst.Compiler(
        root / template,
        root=root,
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False, sort_keys=True)},
    )
    # Without a file to write to, one PDF comes back as bytes.
    return cast(bytes, compiler.compile(format="pdf", pdf_standards=["a-2b"], timestamp=int(at.timestamp())))


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Sarabun from the build alone: a machine's own fonts would change the bytes."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[_FONTS])


def qr_svg(text: str) -> str:
    """A QR code of an address as SVG, error correction M (15 % may be smudged)."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", border=2, xmldecl=False)
    return out.getvalue().decode("utf-8")
