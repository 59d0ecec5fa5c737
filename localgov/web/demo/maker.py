"""The unit behind a demonstration's answers: its size, its villages, and the tools to fill questions."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from random import Random
from typing import Any

from localgov.web.demo.places import DemoUnit, near

Answers = dict[str, Any]
NONE = {"missing": "NONE"}

_POPULATION = {
    "PAO": (250_000, 1_500_000),
    "CITY": (60_000, 140_000),
    "TOWN": (12_000, 45_000),
    "SUBDISTRICT": (4_000, 14_000),
    "SAO": (2_500, 9_000),
    "SPECIAL": (110_000, 125_000),
}
_AREA_KM2 = {
    "PAO": (2_500, 12_000),
    "CITY": (20, 60),
    "TOWN": (8, 45),
    "SUBDISTRICT": (6, 80),
    "SAO": (20, 160),
    "SPECIAL": (53, 54),
}
_VILLAGE_NAMES = ("บ้านสวน", "หนองใหญ่", "ทุ่งกว้าง", "คลองใหม่", "โนนสูง", "ท่าเรือ", "ดอนกลาง", "ป่าไผ่", "นาดี", "ห้วยทราย")


class Maker:
    """Fills one unit's answers, anchors first."""

    def __init__(self, unit: DemoUnit, fiscal_year: int, rng: Random) -> None:
        self.unit = unit
        self.year = fiscal_year
        self.rng = rng
        self.answers: Answers = {}
        self.is_pao = unit.unit_type == "PAO"
        drift = 1 + (fiscal_year - 2569) * 0.01
        low, high = _POPULATION[unit.unit_type]
        self.people = round(rng.randint(low, high) * drift)
        self.households = round(self.people / rng.uniform(2.4, 3.4))
        self.area = round(Decimal(rng.uniform(*_AREA_KM2[unit.unit_type])), 2)
        self.villages = self.communities = 0
        if unit.unit_type in ("SAO", "SUBDISTRICT"):
            self.villages = rng.randint(6, 14)
        elif not self.is_pao:
            self.communities = rng.randint(12, 30)

    def put(self, **answers: Any) -> None:
        """Answer scalar questions or whole registers."""
        self.answers |= answers

    def lao(self, **answers: Any) -> None:
        """The same for questions that an อบจ. is not asked."""
        if not self.is_pao:
            self.answers |= answers

    def zeros(self, *codes: str) -> None:
        """Counts of what the unit does not have."""
        self.answers |= dict.fromkeys(codes, 0)

    def share(self, low: float, high: float, of: int) -> int:
        """A whole part of a number."""
        return round(of * self.rng.uniform(low, high))

    def split(self, total: int, parts: int) -> list[int]:
        """A number cut into parts that add up to it."""
        cuts = sorted(self.rng.randint(0, total) for _ in range(parts - 1))
        return [high - low for low, high in zip([0, *cuts], [*cuts, total], strict=True)]

    def even(self, total: int, parts: int) -> list[int]:
        """A number cut into parts of about the same size that add up to it."""
        base = [total // parts] * parts
        base[-1] += total - sum(base)
        return base

    def rows(self, count: int, make: Callable[[int], Answers]) -> Any:
        """A register of some rows; ไม่มี for none."""
        return [make(number) for number in range(1, count + 1)] if count else NONE

    def point(self) -> dict[str, str]:
        """A place near the office."""
        return near(self.rng, self.unit)

    def phone(self) -> str:
        """An office number of the form that training material uses."""
        return "0-2555-0100"

    def yes(self, chance: float) -> bool:
        """Yes with some chance."""
        return self.rng.random() < chance

    # --- domain 6 first: the anchors --------------------------------------------------------------------------------

    def profile(self) -> None:
        """Who and how large the unit is."""
        male = self.share(0.48, 0.5, self.people)
        self.put(
            population_male=male,
            population_female=self.people - male,
            population_total=self.people,
            household_count=self.households,
            area_km2=str(self.area),
            size_class={"PAO": "large", "CITY": "large", "SPECIAL": "special"}.get(self.unit.unit_type, "ordinary"),
            office_address=f"ที่ทำการ {self.unit.name} (ข้อมูลสาธิต)",
            office_location=self.point(),
            office_phone=self.phone(),
            office_email=f"u{self.unit.code}@example.go.th",
        )
        self.lao(village_count=self.villages, community_count=self.communities)
        if not self.is_pao:
            self.put(village=self._villages())

    def _villages(self) -> list[Answers]:
        count = self.villages + self.communities
        people, households = self.even(self.people, count), self.even(self.households, count)
        tambon = self.unit.tambons[0]
        rows = []
        for number in range(1, count + 1):
            is_village = number <= self.villages
            row: Answers = {
                "village_kind": "village" if is_village else "community",
                "village_name": f"{self._village_name(number)}",
                "village_tambon_code": tambon,
                "village_population": people[number - 1],
                "village_households": households[number - 1],
            }
            if is_village:
                row["village_no"] = number
            rows.append(row)
        return rows

    def _village_name(self, number: int) -> str:
        name = _VILLAGE_NAMES[(number - 1) % len(_VILLAGE_NAMES)]
        return name if number <= len(_VILLAGE_NAMES) else f"{name} {number}"
