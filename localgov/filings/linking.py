"""The records of other rooms that linked questions show: what `linked` of a form names, and where it is edited. Pure data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class LinkSource:
    """One record: its name in the menu, and the name of its page's address, whose parts are fiscal year and unit code."""

    label: str
    url_name: str


LINK_SOURCES: dict[str, LinkSource] = {
    "directory_website": LinkSource("บันทึกเว็บไซต์ อปท.", "directory:website-detail"),
    "directory_administrators": LinkSource("บันทึกผู้ดูแลระบบ INFO", "directory:administrator-detail"),
}
