"""The pages that are measured, one line each: the officers' lists, boards and homes by server time, the public's by number."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from bench.country import OPEN_YEAR, YEAR

#: Milliseconds of server time that a board or a list may take (issue “Watching and chasing”).
GOAL_MS = 50
#: Public pages that the server gives in a second: made anew, and from what it keeps (issue “The public face”).
GOAL_MADE, GOAL_KEPT = 60, 300
#: kB that a browser fetches to show a public page the first time, pictures left out.
GOAL_FIRST_VIEW_KB = 100


@dataclass(frozen=True)
class TimedPage:
    """Name of its line, the demo account that opens it, its address, and what it is in Thai for the table."""

    name: str
    who: str
    path: str
    what: str


@dataclass(frozen=True)
class PublicPage:
    """Name of its line, its address, what it is in Thai; `{unit}` and `{place}` stand for codes and numbers of some of them."""

    name: str
    path: str
    what: str


PUBLIC_PAGES: tuple[PublicPage, ...] = (
    PublicPage("public_home_per_s", "/", "หน้าแรกสาธารณะ"),
    PublicPage("public_province_per_s", "/provinces/30/", "หน้าจังหวัด (นครราชสีมา)"),
    PublicPage("public_domain_per_s", "/domains/6/", "หน้าตัวเลขด้านที่ 6"),
    PublicPage("public_unit_per_s", "/units/{unit}/", "หน้าของ อปท."),
    PublicPage("public_search_per_s", f"/units/?text={quote('หนองใหญ่')}", "ค้นหา อปท."),
    PublicPage("public_websites_per_s", "/websites/", "เว็บไซต์ อปท."),
    PublicPage("travel_home_per_s", "/travel/", "ท้องถิ่นไทยหัวใจพอเพียง"),
    PublicPage("travel_province_per_s", "/travel/provinces/30/", "ข่าว สินค้า สถานที่ของจังหวัด"),
    PublicPage("travel_place_per_s", "/travel/places/{place}/", "หน้าสถานที่สำคัญ"),
)
#: Lines of what a browser fetches first, with the pages' addresses and Thai names.
FIRST_VIEWS: tuple[PublicPage, ...] = (
    PublicPage("public_home_first_kb", "/", "หน้าแรกสาธารณะ"),
    PublicPage("travel_home_first_kb", "/travel/", "ท้องถิ่นไทยหัวใจพอเพียง"),
)

PAGES: tuple[TimedPage, ...] = (
    TimedPage("board_areas_ms", "department", f"/monitoring/?fiscal_year={YEAR}", "สถานะการบันทึกข้อมูล ทั้งประเทศ"),
    TimedPage("board_units_ms", "department", f"/monitoring/units/?fiscal_year={YEAR}", "สถานะรายแห่ง ทั้งประเทศ"),
    TimedPage("board_province_ms", "province", f"/monitoring/units/?fiscal_year={YEAR}", "สถานะรายแห่ง ทั้งจังหวัด"),
    TimedPage("info11_ms", "department", f"/directory/status/?fiscal_year={YEAR}", "INFO11 ทั้งประเทศ"),
    TimedPage("info11_province_ms", "province", f"/directory/status/25/?fiscal_year={YEAR}", "INFO11 รายละเอียดจังหวัด"),
    TimedPage("pace_ms", "department", f"/monitoring/pace/?fiscal_year={OPEN_YEAR}", "ความเร็วของการบันทึก ทั้งประเทศ"),
    TimedPage("lagging_ms", "department", f"/monitoring/lagging/?fiscal_year={OPEN_YEAR}", "อปท. ที่ล่าช้า ทั้งประเทศ"),
    TimedPage(
        "entry_board_ms", "department", f"/publishing/status/?fiscal_year={OPEN_YEAR}", "สถานะข่าว สินค้า สถานที่ ทั้งประเทศ"
    ),
    TimedPage("entry_queue_ms", "province", "/publishing/queue/", "ข่าว สินค้า สถานที่ที่รอจังหวัดตรวจ"),
    TimedPage("places_ms", "department", "/publishing/places/", "รายการสถานที่สำคัญ ทั้งประเทศ"),
    TimedPage("products_ms", "department", "/publishing/products/", "รายการสินค้าท้องถิ่น ทั้งประเทศ"),
    TimedPage("news_ms", "department", "/publishing/news/", "รายการข่าวประชาสัมพันธ์ ทั้งประเทศ"),
    TimedPage("score_list_ms", "department", f"/scores/units/?fiscal_year={YEAR}", "คะแนนตัวชี้วัดที่ 7 รายแห่ง ทั้งประเทศ"),
    TimedPage(
        "board_districts_ms",
        "department",
        f"/monitoring/?fiscal_year={YEAR}&by=district",
        "สถานะการบันทึก รายอำเภอ ทั้งประเทศ",
    ),
    TimedPage("idle_ms", "department", "/monitoring/idle/", "อปท. ที่ไม่มีการเข้าใช้ ทั้งประเทศ"),
    TimedPage("people_ms", "department", "/accounts/people/", "รายชื่อผู้ใช้ ทั้งประเทศ"),
    TimedPage("notices_ms", "recorder1", "/notices/", "หนังสือแจ้งเวียนของ อปท."),
    TimedPage("notices_sent_ms", "department", "/notices/sent/", "หนังสือแจ้งเวียนที่กรมออก"),
    TimedPage("notes_ms", "department", "/forms/notes/", "รายการหมายเหตุ"),
    TimedPage("downloads_ms", "recorder1", "/downloads/", "Download ของ อปท."),
    TimedPage("jobs_ms", "department", "/jobs/", "งานเบื้องหลัง"),
    TimedPage("home_recorder_ms", "recorder1", "/home/", "หน้าแรกของผู้บันทึก"),
    TimedPage("home_verifier_ms", "verifier", "/home/", "หน้าแรกของผู้ตรวจสอบ"),
    TimedPage("home_executive_ms", "executive", "/home/", "หน้าแรกของผู้บริหาร อปท."),
    TimedPage("home_administrator_ms", "admin", "/home/", "หน้าแรกของผู้ดูแลระบบ INFO ของ อปท."),
    TimedPage("home_district_ms", "district", "/home/", "หน้าแรกของ สถอ."),
    TimedPage("home_province_ms", "province", "/home/", "หน้าแรกของ สถจ."),
    TimedPage("home_certifier_ms", "certifier", "/home/", "หน้าแรกของผู้รับรองระดับจังหวัด"),
    TimedPage("home_department_ms", "department", "/home/", "หน้าแรกของกรม"),
)
