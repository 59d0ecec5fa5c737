"""Who gets how far in a simulated season, and when: pure, the same for the same seed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import IntEnum, auto
from random import Random
from uuid import UUID, uuid5

from localgov.lib.thai_calendar import BANGKOK

#: Units of a wave act at the same moments, as those of a district do after a training day; a wave is one transaction.
WAVE_UNITS = 25
_NAMES = UUID("4f1d2b1e-6a55-4f0e-9a3c-7d1f5b0c2570")
_SATURDAY = 5


class Act(IntEnum):
    """What happens to a unit's filing, in the order in which it may happen."""

    RECORD_SOME = auto()
    RECORD = auto()
    SUBMIT = auto()
    RETURN = auto()
    VERIFY = auto()
    RETURN_VERIFIED = auto()
    CERTIFY = auto()
    TAKE_BACK = auto()
    RETURN_BY_PROVINCE = auto()
    CERTIFY_PROVINCE = auto()
    TAKE_BACK_PROVINCE = auto()
    AMEND = auto()
    ORDER = auto()
    REVOKE = auto()
    MEND = auto()
    SUBMIT_MENDED = auto()
    VERIFY_MENDED = auto()
    CERTIFY_MENDED = auto()
    CERTIFY_MENDED_PROVINCE = auto()


_SUBMITTED = (Act.RECORD, Act.SUBMIT)
_VERIFIED = (*_SUBMITTED, Act.VERIFY)
_UNIT = (*_VERIFIED, Act.CERTIFY)
_BOTH = (*_UNIT, Act.CERTIFY_PROVINCE)
_MENDED = (*_BOTH, Act.AMEND, Act.MEND, Act.SUBMIT_MENDED, Act.VERIFY_MENDED, Act.CERTIFY_MENDED)


@dataclass(frozen=True)
class Stop:
    """Where a unit stands at the end of the season: how many of a hundred do (`settled`: once the year is over), and why."""

    code: str
    words: str
    weight: int
    settled: int
    acts: tuple[Act, ...]


STOPS: tuple[Stop, ...] = (
    Stop("untouched", "ยังไม่เริ่ม", 10, 2, ()),
    Stop("partly", "บันทึกบางด้าน", 13, 2, (Act.RECORD_SOME,)),
    Stop("recorded", "บันทึกครบ ยังไม่ส่ง", 6, 1, (Act.RECORD,)),
    Stop("submitted", "ส่งตรวจแล้ว", 8, 2, _SUBMITTED),
    Stop("returned", "ผู้ตรวจสอบส่งกลับ", 4, 1, (*_SUBMITTED, Act.RETURN)),
    Stop("verified", "ตรวจสอบแล้ว", 8, 2, _VERIFIED),
    Stop("returned_verified", "ผู้บริหารส่งกลับ", 2, 1, (*_VERIFIED, Act.RETURN_VERIFIED)),
    Stop("unit", "อปท. รับรองแล้ว", 11, 9, _UNIT),
    Stop("unit_taken_back", "อปท. ถอนการรับรอง", 2, 1, (*_UNIT, Act.TAKE_BACK)),
    Stop("returned_by_province", "จังหวัดส่งกลับ", 4, 1, (*_UNIT, Act.RETURN_BY_PROVINCE)),
    Stop("both", "จังหวัดรับรองแล้ว", 20, 65, _BOTH),
    Stop("province_taken_back", "จังหวัดถอนการรับรอง", 2, 1, (*_BOTH, Act.TAKE_BACK_PROVINCE)),
    Stop("amending", "เปิดแก้ไขอยู่", 3, 2, (*_BOTH, Act.AMEND, Act.MEND)),
    Stop("amended_unit", "แก้ไขแล้ว อปท. รับรอง รอจังหวัด", 1, 1, _MENDED),
    Stop("amended", "แก้ไขแล้ว รับรองทั้งสองระดับ", 2, 7, (*_MENDED, Act.CERTIFY_MENDED_PROVINCE)),
    Stop("ordered", "จังหวัดสั่งให้แก้ไข", 2, 1, (*_BOTH, Act.ORDER)),
    Stop("revoked", "ถูกเพิกถอนการรับรอง", 2, 1, (*_BOTH, Act.REVOKE)),
)


@dataclass(frozen=True)
class Season:
    """One season: everything that follows from chance follows from these. `settled`: of a year in which most is certified."""

    form_code: str
    fiscal_year: int
    seed: int
    first: date
    last: date
    settled: bool = False

    def rng(self, *about: object) -> Random:
        """A source of chance for one subject: the same for the same season and subject."""
        return Random(f"{self.seed}:{self.fiscal_year}:{':'.join(map(str, about))}")  # noqa: S311 - made-up data

    def uuid(self, *about: object) -> UUID:
        """The id of a batch or a signature: the same for the same season and subject."""
        return uuid5(_NAMES, f"{self.form_code}:{self.fiscal_year}:{self.seed}:{':'.join(map(str, about))}")

    def stop_of(self, code: str) -> Stop:
        """How far a unit gets."""
        return self.rng(code, "stop").choices(
            STOPS, weights=[stop.settled if self.settled else stop.weight for stop in STOPS]
        )[0]

    def some(self, province_code: str, codes: Sequence[str], count: int) -> list[str]:
        """So many units of a province, the same for the same season; all of them where it has no more."""
        return sorted(self.rng(province_code, "some").sample(sorted(codes), min(count, len(codes))))

    def chosen(self, code: str, sections: Sequence[str], act: Act) -> list[str]:
        """The sheets of a unit that an act on single sheets touches: some when it records, one or two otherwise."""
        rng = self.rng(code, act.name)
        most = len(sections) - 1 if act == Act.RECORD_SOME else 2
        return sorted(rng.sample(list(sections), min(len(sections), rng.randint(1, max(1, most)))))

    def waves(self, province_code: str, codes: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
        """The units of a province in waves, numbered; every unit has its wave whatever was filled before."""
        order = sorted(codes)
        self.rng(province_code, "waves").shuffle(order)
        for start in range(0, len(order), WAVE_UNITS):
            yield start // WAVE_UNITS, order[start : start + WAVE_UNITS]

    def moments(self, province_code: str, wave: int, sittings: int) -> Mapping[tuple[Act, int], datetime]:
        """When a wave does what: by act, and while it records by sitting."""
        rng = self.rng(province_code, wave, "moments")
        days = self._working_days()
        begin = rng.uniform(0, 0.35)
        keys = [(Act.RECORD, place) for place in range(sittings)] + [(act, 0) for act in Act if act > Act.RECORD]
        shares = sorted(rng.uniform(begin, 1) for _ in keys)
        step = timedelta(hours=7) / len(keys)
        moments = {
            key: datetime.combine(days[int(share * (len(days) - 1))], time(9), tzinfo=BANGKOK)
            + step * number
            + timedelta(seconds=rng.randrange(60))
            for number, (key, share) in enumerate(zip(keys, shares, strict=True))
        }
        # A province takes back within days, not within a season (filings.policies.PROVINCE_TAKE_BACK).
        moments[Act.TAKE_BACK_PROVINCE, 0] = moments[Act.CERTIFY_PROVINCE, 0] + timedelta(hours=1)
        return moments

    def _working_days(self) -> list[date]:
        length = (self.last - self.first).days + 1
        days = [self.first + timedelta(days=number) for number in range(length)]
        return [day for day in days if day.weekday() < _SATURDAY] or days
