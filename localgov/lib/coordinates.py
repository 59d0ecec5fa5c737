"""Points on the map in WGS84 degrees (domain.md §4.3 and finding 5).

46 points of the public register are half empty or outside Thailand; blanks became 0,0. A point here is whole, inside
Thailand's bounds, and held to six decimals (0.1 m).
"""

import math
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Final

from localgov.lib.numbers import NotANumber, decimal_text, parse_decimal, round_half_up
from localgov.lib.refusals import Refusal, quoted

LAT_MIN: Final = Decimal("5.6")
LAT_MAX: Final = Decimal("20.5")
LON_MIN: Final = Decimal("97.3")
LON_MAX: Final = Decimal("105.7")
DECIMALS: Final = 6

_EARTH_RADIUS_KM: Final = 6371.0088  # mean radius, IUGG
_MAX_PAIR: Final = 100
_PAIR = re.compile(r"\s*\(?\s*([^\s,()]+)(?:\s*,\s*|\s+)([^\s,()]+)\s*\)?\s*")

Typed = str | int | float | Decimal | None


class NotAPoint(Refusal):
    """The pair is not a point in Thailand."""

    default_code: ClassVar[str] = "not_a_point"


@dataclass(frozen=True)
class Point:
    """Latitude and longitude in degrees, WGS84, with at most six decimals."""

    lat: Decimal
    lon: Decimal

    def __str__(self) -> str:
        return f"{decimal_text(self.lat)}, {decimal_text(self.lon)}"


def parse_point(lat: Typed, lon: Typed) -> Point | None:
    """The point that was typed, or None when both boxes are blank. Raises `NotAPoint`.

    Both or neither; never 0,0; inside Thailand; latitude and longitude in each other's place get their own sentence.
    A pair copied from a map into the first box ("13.7563, 100.5018") is understood.
    """
    if isinstance(lat, str) and len(lat) <= _MAX_PAIR and _blank(lon) and (pair := _PAIR.fullmatch(lat)):
        lat, lon = pair.groups()
    if _blank(lat) and _blank(lon):
        return None
    if _blank(lat) or _blank(lon):
        missing = "ละติจูด" if _blank(lat) else "ลองจิจูด"
        raise NotAPoint(f"พิกัดต้องมีทั้งละติจูดและลองจิจูด ยังขาด{missing}", code="half")
    point = Point(lat=_degrees(lat, "ละติจูด", "13.756331"), lon=_degrees(lon, "ลองจิจูด", "100.501765"))
    _refuse_outside(point)
    return point


def _blank(value: Typed) -> bool:
    """Whether the box is empty."""
    return value is None or (isinstance(value, str) and not value.strip())


def _degrees(value: Typed, name: str, example: str) -> Decimal:
    """One coordinate in decimal degrees."""
    try:
        return round_half_up(parse_decimal(value if value is not None else ""), DECIMALS)
    except NotANumber:
        sentence = f"{name} {quoted(value)} ต้องเป็นองศาทศนิยม เช่น {example} ไม่ใช้องศา ลิปดา ฟิลิปดา"
        raise NotAPoint(sentence, code="degrees") from None


def _refuse_outside(point: Point) -> None:
    """Raise the sentence for a point that is not in Thailand."""
    lat, lon = decimal_text(point.lat), decimal_text(point.lon)
    if point.lat == 0 and point.lon == 0:
        raise NotAPoint("พิกัด 0, 0 ไม่ใช่ตำแหน่งในประเทศไทย ถ้ายังไม่ทราบพิกัดให้เว้นว่างทั้งสองช่อง", code="zero")
    if _inside(point):
        return
    if point.lat == 0 or point.lon == 0:
        zero = "ละติจูด" if point.lat == 0 else "ลองจิจูด"
        raise NotAPoint(f"{zero}เป็น 0 พิกัดต้องมีทั้งละติจูดและลองจิจูด", code="half")
    if _inside(Point(lat=point.lon, lon=point.lat)):
        raise NotAPoint(f"ละติจูดกับลองจิจูดสลับกัน ให้พิมพ์ละติจูด {lon} และลองจิจูด {lat}", code="swapped")
    raise NotAPoint(
        f"พิกัด {lat}, {lon} อยู่นอกประเทศไทย ละติจูดต้องอยู่ระหว่าง {LAT_MIN} ถึง {LAT_MAX} "
        f"และลองจิจูดระหว่าง {LON_MIN} ถึง {LON_MAX}",
        code="outside",
    )


def _inside(point: Point) -> bool:
    """Whether the point lies in the box around Thailand."""
    return LAT_MIN <= point.lat <= LAT_MAX and LON_MIN <= point.lon <= LON_MAX


def haversine_km(one: Point, other: Point) -> float:
    """Great-circle distance in kilometres, good to 0.5 % (a sphere for the Earth)."""
    lat1, lat2 = math.radians(one.lat), math.radians(other.lat)
    half_lat = math.sin((lat2 - lat1) / 2) ** 2
    half_lon = math.sin(math.radians(other.lon - one.lon) / 2) ** 2
    chord = half_lat + math.cos(lat1) * math.cos(lat2) * half_lon
    return 2 * _EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(chord)))
