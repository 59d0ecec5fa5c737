"""Pictures for a demonstration's news, products and places: drawn here, simple landscapes and still lifes, no photographs."""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Mapping
from random import Random
from typing import Final

from PIL import Image, ImageDraw, ImageFilter

Colour = tuple[int, int, int]
_SIZE: Final = (960, 720)
_SKIES: Final[tuple[tuple[Colour, Colour], ...]] = (
    ((96, 165, 214), (232, 243, 247)),
    ((242, 170, 106), (253, 236, 205)),
    ((74, 108, 158), (246, 196, 168)),
    ((133, 190, 196), (244, 241, 222)),
)
_GREENS: Final[tuple[Colour, ...]] = ((36, 84, 72), (52, 112, 84), (94, 146, 92), (146, 180, 104))
_CLOTHS: Final[tuple[Colour, ...]] = ((142, 36, 60), (214, 158, 46), (32, 78, 112), (84, 52, 110), (236, 226, 200))
_WHITE: Final[Colour] = (250, 248, 240)


def picture_drawn(motif: str, seed: str, *, upright: bool = False) -> bytes:
    """A PNG of a motif (see `MOTIFS`); the same seed draws the same picture."""
    rng = Random(seed)  # noqa: S311 - made-up pictures, the same every time
    size = _SIZE if not upright else (_SIZE[1], _SIZE[0])
    picture = Image.new("RGB", size)
    draw = ImageDraw.Draw(picture)
    MOTIFS[motif](draw, size, rng)
    written = io.BytesIO()
    picture.filter(ImageFilter.SMOOTH).save(written, "PNG", compress_level=1)
    return written.getvalue()


def _mixed(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _sky(draw: ImageDraw.ImageDraw, size: tuple[int, int], rng: Random) -> Colour:
    """A sky with its sun; the colour near the horizon."""
    above, below = rng.choice(_SKIES)
    for row in range(size[1]):
        draw.line([(0, row), (size[0], row)], fill=_mixed(above, below, row / size[1]))
    x, y, r = size[0] * rng.uniform(0.15, 0.85), size[1] * rng.uniform(0.12, 0.28), size[1] * rng.uniform(0.05, 0.08)
    for halo in range(6, 0, -1):
        grown = r * (1 + halo * 0.22)
        draw.ellipse((x - grown, y - grown, x + grown, y + grown), fill=_mixed(below, (255, 244, 214), 0.5 / halo))
    draw.ellipse((x - r, y - r, x + r, y + r), fill=(255, 247, 224))
    return below


def _hills(draw: ImageDraw.ImageDraw, size: tuple[int, int], rng: Random, haze: Colour, rows: int = 4) -> None:
    """Rows of hills, the far ones in haze."""
    for row in range(rows):
        base = size[1] * (0.45 + 0.13 * row)
        waves = [(rng.uniform(40, 110) / (row + 1), rng.uniform(1, 4), rng.uniform(0, 6)) for _ in range(3)]
        line = [
            (x, base - sum(high * math.sin(x / size[0] * times * math.pi + turn) for high, times, turn in waves))
            for x in range(0, size[0] + 16, 16)
        ]
        colour = _mixed(_GREENS[row % len(_GREENS)], haze, 0.55 - 0.16 * row)
        draw.polygon([(0, size[1]), *line, (size[0], size[1])], fill=colour)


def _mountain(draw: ImageDraw.ImageDraw, size: tuple[int, int], rng: Random) -> None:
    _hills(draw, size, rng, _sky(draw, size, rng))


def _waterfall(draw: ImageDraw.ImageDraw, size: tuple[int, int], rng: Random) -> None:
    haze = _sky(draw, size, rng)
    _hills(draw, size, rng, haze, 3)
    middle, wide = size[0] * rng.uniform(0.4, 0.6), size[0] * 0.07
    for step in range(3):
        top, bottom = size[1] * (0.42 + 0.15 * step), size[1] * (0.6 + 0.15 * step)
        spread = wide * (1 + 0.55 * step)
        draw.rectangle(
            (middle - spread * 2.4, top, middle + spread * 2.4, bottom), fill=_mixed((62, 70, 66), haze, 0.1 * step)
        )
        for strand in range(26):
            x = middle - spread + 2 * spread * strand / 25
            draw.line(
                [(x, top), (x + rng.uniform(-4, 4), bottom)],
                fill=_mixed(_WHITE, (150, 196, 206), rng.random()),
                width=7,
            )
    draw.ellipse((middle - size[0] * 0.4, size[1] * 0.86, middle + size[0] * 0.4, size[1] * 1.1), fill=(104, 170, 176))


def _sea(draw: ImageDraw.ImageDraw, size: tuple[int, int], rng: Random) -> None:
    haze = _sky(draw, size, rng)
    horizon = size[1] * 0.48
    draw.polygon(
        [
            (size[0] * 0.55, horizon),
            (size[0] * 0.7, horizon * 0.72),
            (size[0] * 0.82, horizon * 0.83),
            (size[0], horizon),
        ],
        fill=_mixed(_GREENS[0], haze, 0.4),
    )
    for row in range(int(horizon), size[1]):
        share = (row - horizon) / (size[1] - horizon)
        draw.line([(0, row), (size[0], row)], fill=_mixed((120, 190, 200), (22, 96, 122), share))
    for _ in range(70):
        x, y = rng.uniform(0, size[0]), rng.uniform(horizon + 10, size[1] * 0.8)
        draw.line([(x, y), (x + rng.uniform(30, 120), y)], fill=(196, 228, 230), width=3)
    draw.polygon(
        [(0, size[1]), (0, size[1] * 0.86), (size[0] * 0.6, size[1] * 0.92), (size[0], size[1])], fill=(238, 216, 170)
    )


def _fields(draw: ImageDraw.ImageDraw, size: tuple[int, int], rng: Random) -> None:
    haze = _sky(draw, size, rng)
    _hills(draw, size, rng, haze, 2)
    top = size[1] * 0.56
    vanish = size[0] * rng.uniform(0.35, 0.65)
    for strip in range(-14, 15):
        colours = ((112, 158, 76), (168, 196, 96)) if strip % 2 else ((92, 142, 72), (148, 184, 90))
        left, right = vanish + strip * size[0] * 0.16, vanish + (strip + 1) * size[0] * 0.16
        draw.polygon(
            [(vanish + strip * 12, top), (vanish + (strip + 1) * 12, top), (right, size[1]), (left, size[1])],
            fill=_mixed(*colours, rng.random()),
        )


def _temple(draw: ImageDraw.ImageDraw, size: tuple[int, int], rng: Random) -> None:
    haze = _sky(draw, size, rng)
    _hills(draw, size, rng, haze, 2)
    draw.rectangle((0, size[1] * 0.84, size[0], size[1]), fill=(196, 188, 160))
    middle, wide, foot = size[0] * rng.uniform(0.42, 0.58), size[0] * 0.27, size[1] * 0.86
    wall = size[1] * 0.62
    draw.rectangle((middle - wide * 0.78, wall, middle + wide * 0.78, foot), fill=_WHITE)
    for door in (-0.45, 0.0, 0.45):
        x = middle + wide * door
        draw.rectangle((x - wide * 0.1, wall + (foot - wall) * 0.3, x + wide * 0.1, foot), fill=(122, 40, 34))
    for tier in range(3):
        eave, ridge = wall - tier * size[1] * 0.085 + 8, wall - (tier + 1) * size[1] * 0.115
        half = wide * (1.05 - 0.24 * tier)
        draw.polygon([(middle - half, eave), (middle, ridge), (middle + half, eave)], fill=(214, 158, 46))
        inner = half * 0.88
        draw.polygon([(middle - inner, eave), (middle, ridge + 14), (middle + inner, eave)], fill=(168, 58, 40))
    draw.polygon(
        [(middle - 10, wall - size[1] * 0.33), (middle, wall - size[1] * 0.43), (middle + 10, wall - size[1] * 0.33)],
        fill=(214, 158, 46),
    )


def _market(draw: ImageDraw.ImageDraw, size: tuple[int, int], rng: Random) -> None:
    _sky(draw, size, rng)
    draw.rectangle((0, size[1] * 0.72, size[0], size[1]), fill=(168, 140, 112))
    for stall in range(4):
        left, right = size[0] * (0.02 + 0.245 * stall), size[0] * (0.235 + 0.245 * stall)
        colour = rng.choice(_CLOTHS[:4])
        stripes = 6
        for stripe in range(stripes):
            x1, x2 = (left + (right - left) * (stripe + end) / stripes for end in (0, 1))
            draw.polygon(
                [(x1 + 12, size[1] * 0.36), (x2 + 12, size[1] * 0.36), (x2, size[1] * 0.48), (x1, size[1] * 0.48)],
                fill=colour if stripe % 2 else _WHITE,
            )
        draw.rectangle((left + 10, size[1] * 0.48, right - 10, size[1] * 0.66), fill=(82, 66, 56))
        draw.rectangle((left, size[1] * 0.66, right, size[1] * 0.82), fill=(128, 92, 60))
        for _ in range(26):
            x, y, r = rng.uniform(left + 24, right - 24), size[1] * rng.uniform(0.6, 0.67), rng.uniform(12, 22)
            draw.ellipse(
                (x - r, y - r, x + r, y + r),
                fill=rng.choice(((226, 130, 44), (182, 44, 48), (120, 164, 60), (240, 200, 70))),
            )


def _cloth(draw: ImageDraw.ImageDraw, size: tuple[int, int], rng: Random) -> None:
    ground, one, other = rng.sample(_CLOTHS, 3)
    draw.rectangle((0, 0, *size), fill=ground)
    step = 96
    for row in range(-1, size[1] // step + 2):
        if row % 4 == 0:
            draw.rectangle((0, row * step + 36, size[0], row * step + 60), fill=other)
            continue
        for column in range(-1, size[0] // step + 2):
            x, y = column * step + (row % 2) * step // 2, row * step + step // 2
            for reach, colour in ((44, one), (28, ground), (14, other)):
                draw.polygon([(x - reach, y), (x, y - reach), (x + reach, y), (x, y + reach)], fill=colour)


def _table(draw: ImageDraw.ImageDraw, size: tuple[int, int], rng: Random) -> None:
    """A wooden table on which things stand."""
    for row in range(size[1]):
        draw.line([(0, row), (size[0], row)], fill=_mixed((206, 168, 122), (160, 116, 76), row / size[1]))
    for _ in range(22):
        y = rng.uniform(0, size[1])
        draw.line([(0, y), (size[0], y + rng.uniform(-12, 12))], fill=(150, 108, 72), width=2)


def _bowl(draw: ImageDraw.ImageDraw, size: tuple[int, int], rng: Random) -> None:
    _table(draw, size, rng)
    x, y, r = size[0] / 2, size[1] * 0.52, min(size) * 0.36
    draw.ellipse((x - r + 14, y - r + 26, x + r + 14, y + r + 26), fill=(120, 86, 56))
    for share, colour in ((1.0, (44, 88, 120)), (0.94, _WHITE), (0.8, (238, 226, 196))):
        draw.ellipse((x - r * share, y - r * share, x + r * share, y + r * share), fill=colour)
    for _ in range(60):
        turn, away, dot = rng.uniform(0, 2 * math.pi), r * 0.68 * math.sqrt(rng.random()), rng.uniform(16, 40)
        cx, cy = x + away * math.cos(turn), y + away * math.sin(turn)
        draw.ellipse(
            (cx - dot, cy - dot, cx + dot, cy + dot),
            fill=rng.choice(((232, 168, 62), (196, 84, 44), (110, 152, 66), (248, 236, 204))),
        )


def _baskets(draw: ImageDraw.ImageDraw, size: tuple[int, int], rng: Random) -> None:
    _table(draw, size, rng)
    for place in range(3):
        x, wide, top, foot = (
            size[0] * (0.2 + 0.3 * place),
            size[0] * rng.uniform(0.1, 0.135),
            size[1] * rng.uniform(0.3, 0.42),
            size[1] * 0.78,
        )
        colour = rng.choice(((188, 134, 72), (150, 96, 56), (212, 172, 108)))
        draw.polygon([(x - wide, top), (x + wide, top), (x + wide * 0.76, foot), (x - wide * 0.76, foot)], fill=colour)
        for line in range(9):
            y = top + (foot - top) * line / 9
            draw.line(
                [(x - wide * (1 - 0.027 * line), y), (x + wide * (1 - 0.027 * line), y)],
                fill=_mixed(colour, (70, 44, 26), 0.45),
                width=7,
            )
        draw.ellipse((x - wide, top - 26, x + wide, top + 26), fill=_mixed(colour, (60, 40, 24), 0.6))


def _leaves(draw: ImageDraw.ImageDraw, size: tuple[int, int], rng: Random) -> None:
    draw.rectangle((0, 0, *size), fill=(232, 236, 216))
    for _ in range(90):
        x, y, long, turn = (
            rng.uniform(0, size[0]),
            rng.uniform(0, size[1]),
            rng.uniform(70, 170),
            rng.uniform(0, 2 * math.pi),
        )
        tip = (x + long * math.cos(turn), y + long * math.sin(turn))
        side = (long * 0.24 * math.sin(turn), -long * 0.24 * math.cos(turn))
        middle = ((x + tip[0]) / 2, (y + tip[1]) / 2)
        draw.polygon(
            [(x, y), (middle[0] + side[0], middle[1] + side[1]), tip, (middle[0] - side[0], middle[1] - side[1])],
            fill=_mixed(rng.choice(_GREENS), (214, 226, 160), rng.random() * 0.4),
        )
        draw.line([(x, y), tip], fill=(224, 232, 196), width=2)


def _lanterns(draw: ImageDraw.ImageDraw, size: tuple[int, int], rng: Random) -> None:
    for row in range(size[1]):
        draw.line([(0, row), (size[0], row)], fill=_mixed((18, 24, 58), (92, 58, 92), row / size[1]))
    for _ in range(34):
        x, y, r = rng.uniform(0, size[0]), rng.uniform(0, size[1] * 0.78), rng.uniform(16, 46)
        draw.ellipse((x - r * 1.7, y - r * 1.7, x + r * 1.7, y + r * 1.7), fill=(96, 62, 78))
        draw.rounded_rectangle((x - r * 0.7, y - r, x + r * 0.7, y + r), r * 0.4, fill=(250, 190, 92))
        draw.rounded_rectangle((x - r * 0.4, y - r * 0.3, x + r * 0.4, y + r * 0.8), r * 0.3, fill=(255, 232, 172))
    draw.rectangle((0, size[1] * 0.84, size[0], size[1]), fill=(20, 30, 56))
    for _ in range(60):
        x, y = rng.uniform(0, size[0]), rng.uniform(size[1] * 0.86, size[1])
        draw.line([(x, y), (x + rng.uniform(20, 70), y)], fill=(214, 150, 88), width=3)


#: What can be drawn.
MOTIFS: Final[Mapping[str, Callable[[ImageDraw.ImageDraw, tuple[int, int], Random], None]]] = {
    "mountain": _mountain, "waterfall": _waterfall, "sea": _sea, "fields": _fields, "temple": _temple, "market": _market,
    "cloth": _cloth, "bowl": _bowl, "baskets": _baskets, "leaves": _leaves, "lanterns": _lanterns,
}  # fmt: skip
