"""The pages whose server time is measured, one line each: lists and boards of “Watching and chasing”, homes of each role."""

from __future__ import annotations

from dataclasses import dataclass

from bench.country import YEAR

#: Milliseconds of server time that a board or a list may take (issue “Watching and chasing”).
GOAL_MS = 50


@dataclass(frozen=True)
class TimedPage:
    """Name of its line, the demo account that opens it, its address, and what it is in Thai for the table."""

    name: str
    who: str
    path: str
    what: str


PAGES: tuple[TimedPage, ...] = (
    TimedPage("board_areas_ms", "department", f"/monitoring/?fiscal_year={YEAR}", "สถานะการบันทึกข้อมูล ทั้งประเทศ"),
    TimedPage("board_units_ms", "department", f"/monitoring/units/?fiscal_year={YEAR}", "สถานะรายแห่ง ทั้งประเทศ"),
    TimedPage("board_province_ms", "province", f"/monitoring/units/?fiscal_year={YEAR}", "สถานะรายแห่ง ทั้งจังหวัด"),
    TimedPage("info11_ms", "department", f"/directory/status/?fiscal_year={YEAR}", "INFO11 ทั้งประเทศ"),
    TimedPage("info11_province_ms", "province", f"/directory/status/25/?fiscal_year={YEAR}", "INFO11 รายละเอียดจังหวัด"),
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
