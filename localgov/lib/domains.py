"""The eight domains of ข้อมูล อปท. 8 ด้าน since FY 2563 (MISSION R4.1): sheet codes and names as the letters write them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Domain:
    """One domain: `code` is its sheet's code in the form, for ever; `number` its place in the letters."""

    number: int
    code: str
    name: str

    @property
    def title(self) -> str:
        """`ด้านที่ 6 การจัดการภายในและธรรมาภิบาล`."""
        return f"ด้านที่ {self.number} {self.name}"


_NAMES = (
    "สาธารณสุขและสิ่งแวดล้อม",
    "นวัตกรรมและการศึกษา",
    "สาธารณภัย",
    "โครงสร้างพื้นฐาน",
    "การบริหารจัดการน้ำ",
    "การจัดการภายในและธรรมาภิบาล",
    "สังคม ศาสนา วัฒนธรรม",
    "เศรษฐกิจและท่องเที่ยว",
)

DOMAINS: tuple[Domain, ...] = tuple(
    Domain(number, f"domain_{number}", name) for number, name in enumerate(_NAMES, start=1)
)
DOMAIN_CODES: frozenset[str] = frozenset(domain.code for domain in DOMAINS)
