"""เมนูหลัก as data (MISSION §3): a line is shown to who holds its permission, once its page works.

To add a page to the menu, add a `MenuItem` to its group; nothing else.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from django.urls import NoReverseMatch, reverse

from localgov.access.actor import Actor
from localgov.access.permissions import Permission as P
from localgov.organisations.selectors.sight import is_unit_path
from localgov.ui.menus import ShownGroup, ShownItem


@dataclass(frozen=True)
class MenuItem:
    """One line: label, URL name, and the permission that its page asks for.

    `above_units`: only for who holds it over more than single units. `counted`: what the number beside it counts.
    """

    label: str
    url_name: str
    permission: P
    above_units: bool = False
    counted: str = ""


@dataclass(frozen=True)
class MenuGroup:
    """Lines under one heading; an empty label is the group above all others."""

    label: str
    items: tuple[MenuItem, ...]


MENU: tuple[MenuGroup, ...] = (
    MenuGroup("", (MenuItem("หน้าแรก", "web:home", P.HOME_VIEW),)),
    MenuGroup(
        "อปท.",
        (
            MenuItem("ข้อมูล อปท. 8 ด้าน", "filings:filing-home", P.FILING_VIEW),
            MenuItem("บันทึกเว็บไซต์ อปท.", "directory:website-home", P.DIRECTORY_RECORD),
            MenuItem("บันทึกผู้ดูแลระบบ INFO", "directory:administrator-home", P.DIRECTORY_RECORD),
            MenuItem("บันทึกเว็บไซต์ สถจ.", "directory:office-website", P.OFFICE_RECORD),
            MenuItem("รับรองข้อมูล", "certification:certify-list", P.FILING_VIEW),
            MenuItem("คะแนน LPA ตัวชี้วัดที่ 7", "scoring:score-home", P.SCORE_VIEW),
        ),
    ),
    MenuGroup(
        "ท้องถิ่นไทย หัวใจพอเพียง",
        (
            MenuItem("ข่าวประชาสัมพันธ์ อปท.", "publishing:news-list", P.PUBLISH_VIEW),
            MenuItem("สินค้าท้องถิ่น", "publishing:product-list", P.PUBLISH_VIEW),
            MenuItem("สถานที่สำคัญของท้องถิ่น", "publishing:place-list", P.PUBLISH_VIEW),
            MenuItem("ตรวจสอบข่าว สินค้า และสถานที่", "publishing:queue", P.PUBLISH_CHECK),
            MenuItem("เรื่องที่ประชาชนแจ้งปัญหา", "problems:problem-list", P.PROBLEM_ANSWER),
        ),
    ),
    MenuGroup(
        "หนังสือแจ้งเวียน",
        (
            MenuItem("หนังสือแจ้งเวียน", "notices:circular-list", P.NOTICE_VIEW, counted="ฉบับที่ยังไม่เปิดอ่าน"),
            MenuItem("หนังสือที่ส่งออก", "notices:sent-list", P.NOTICE_PUBLISH),
        ),
    ),
    MenuGroup(
        "ติดตาม",
        (
            MenuItem("สถานะการบันทึกข้อมูล", "monitoring:status", P.MONITOR_VIEW),
            MenuItem("รายการสถานะการบันทึกเว็บไซต์ในระบบของ Info", "directory:website-status", P.MONITOR_VIEW),
            MenuItem("สถานะการบันทึกข่าว สินค้า และสถานที่", "publishing:entry-status", P.MONITOR_VIEW, above_units=True),
            MenuItem("หนังสือติดตาม", "reports:run-list", P.LETTER_VIEW),
            MenuItem("สถานะการกรอกข้อมูลรายจังหวัด", "monitoring:province-status", P.MONITOR_VIEW, above_units=True),
            MenuItem("รายงานสถานะแบบสำรวจ", "monitoring:survey-status", P.MONITOR_VIEW, above_units=True),
            MenuItem("รายงานจังหวัด", "monitoring:province-report", P.MONITOR_VIEW, above_units=True),
            MenuItem("ความคืบหน้าและคาดการณ์", "monitoring:pace", P.MONITOR_VIEW, above_units=True),
            MenuItem("อปท. ที่ยังค้าง", "monitoring:lagging-list", P.MONITOR_VIEW, above_units=True),
            MenuItem("อปท. ที่ไม่มีผู้เข้าใช้ระบบ", "monitoring:idle-list", P.MONITOR_VIEW, above_units=True),
            MenuItem("ข้อมูลปฏิบัติงาน อปท.", "monitoring:activity", P.MONITOR_VIEW),
            MenuItem("การแจ้งเตือนทางอีเมล", "mail:reminder-list", P.MONITOR_VIEW),
            MenuItem("กำหนดการบันทึกข่าว สินค้า และสถานที่", "publishing:entry-duty-list", P.MONITOR_VIEW),
        ),
    ),
    MenuGroup(
        "ทะเบียนและบัญชี",
        (
            MenuItem("ทะเบียน อปท.", "organisations:unit-list", P.REGISTER_VIEW),
            MenuItem("ผู้ใช้และสิทธิ", "accounts:people-list", P.PEOPLE_VIEW),
            MenuItem("ผู้บริหาร อปท.", "accounts:executive-list", P.SEAT_UNIT_EXECUTIVE),
            MenuItem("ข้อยกเว้นแยกหน้าที่", "certification:exception-list", P.PEOPLE_VIEW),
            MenuItem("เจ้าหน้าที่", "accounts:officer-list", P.SEAT_OFFICER),
            MenuItem("ออกบัญชีผู้ใช้", "accounts:issue", P.ACCOUNTS_ISSUE),
            MenuItem("ส่งบัญชีให้จังหวัดทางอีเมล", "mail:account-list", P.ACCOUNTS_ISSUE),
            MenuItem("ตารางบทบาทและสิทธิ", "accounts:role-matrix", P.HOME_VIEW),
        ),
    ),
    MenuGroup(
        "แบบข้อมูลและรอบการบันทึก",
        (
            MenuItem("แบบข้อมูล", "forms:form-list", P.FORM_VIEW),
            MenuItem("รอบการบันทึก", "rounds:round-list", P.ROUND_VIEW),
            MenuItem("หมายเหตุ", "forms:note-list", P.NOTE_FORM),
        ),
    ),
    MenuGroup(
        "เอกสาร",
        (
            MenuItem("Download", "library:item-list", P.DOWNLOAD_VIEW),
            MenuItem("ช่วยเหลือ", "help:guide-list", P.HOME_VIEW),
        ),
    ),
    MenuGroup(
        "ตรวจสอบย้อนหลัง",
        (
            MenuItem("บันทึกการใช้งาน", "inspection:act-list", P.AUDIT_VIEW),
            MenuItem("บันทึกรายชุดข้อมูล", "inspection:filing-find", P.AUDIT_VIEW),
            MenuItem("การเปลี่ยนแปลงข้อมูลระบบ", "inspection:row-list", P.AUDIT_VIEW),
            MenuItem("ยอดสรุปประจำวัน", "heads:head-list", P.AUDIT_VIEW),
            MenuItem("ประวัติการใช้งานของฉัน", "inspection:own-story", P.HOME_VIEW),
            MenuItem("งานเบื้องหลัง", "jobs:job-list", P.HOME_VIEW),
            MenuItem("อีเมลที่ระบบส่ง", "mail:mail-list", P.MAIL_VIEW),
        ),
    ),
)


def shown_menu(
    *, actor: Actor, path: str, menu: Sequence[MenuGroup] = MENU, counts: Mapping[str, int] = MappingProxyType({})
) -> tuple[ShownGroup, ...]:
    """The groups and lines for an actor on the page with this path; the longest matching address is the active one.

    `counts`: what waits, by the name of the page where it does.
    """
    groups = tuple((group.label, tuple(_open_items(actor, group))) for group in menu)
    urls = [url for _, items in groups for _, url in items]
    active = max((url for url in urls if path == url or (url != "/" and path.startswith(url))), key=len, default="")
    return tuple(
        ShownGroup(
            label,
            tuple(
                ShownItem(one.label, url, active=url == active, count=counts.get(one.url_name, 0), counted=one.counted)
                for one, url in items
            ),
        )
        for label, items in groups
        if items
    )


def _open_items(actor: Actor, group: MenuGroup) -> Iterator[tuple[MenuItem, str]]:
    """With its address, each line that the actor may open and whose page exists."""
    for item in group.items:
        scopes = actor.scopes(item.permission)
        if not scopes or (item.above_units and all(is_unit_path(scope) for scope in scopes)):
            continue
        if url := _address(item.url_name):
            yield item, url


@cache
def _address(url_name: str) -> str:
    """Where a page stands, as long as this process runs; empty while there is no such page."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""
