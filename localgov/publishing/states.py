"""What units publish: the three kinds, their categories, and how far the province's check is. Pure data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class PublishedKind(models.TextChoices):
    """What an item is; the labels are the menu's (MISSION R3.1, R6.2)."""

    NEWS = "NEWS", _("ข่าวประชาสัมพันธ์")
    PRODUCT = "PRODUCT", _("สินค้าท้องถิ่น")
    PLACE = "PLACE", _("สถานที่สำคัญของท้องถิ่น")


class CheckState(models.TextChoices):
    """สถานะการตรวจสอบ of a version: the province's (R6.4)."""

    WAITING = "WAITING", "ยังไม่ตรวจสอบ"
    CHECKED = "CHECKED", "ตรวจสอบแล้ว"
    RETURNED = "RETURNED", "ส่งกลับ"


class Category(models.TextChoices):
    """Kind of news [ours], of product (those of OTOP, and services [ours]), of place (R6.3 word for word)."""

    ANNOUNCEMENT = "ANNOUNCEMENT", _("ข่าวประชาสัมพันธ์ทั่วไป")
    ACTIVITY = "ACTIVITY", _("กิจกรรมเด่น")
    FESTIVAL = "FESTIVAL", _("งานประเพณีและเทศกาล")
    TRAINING = "TRAINING", _("อบรมและส่งเสริมอาชีพ")
    PROCUREMENT = "PROCUREMENT", _("ประกาศและจัดซื้อจัดจ้าง")
    RECRUITMENT = "RECRUITMENT", _("รับสมัครงาน")
    WARNING = "WARNING", _("แจ้งเตือนภัย")

    FOOD = "FOOD", _("อาหาร")
    DRINK = "DRINK", _("เครื่องดื่ม")
    CLOTHING = "CLOTHING", _("ผ้าและเครื่องแต่งกาย")
    HANDICRAFT = "HANDICRAFT", _("ของใช้ ของตกแต่ง และของที่ระลึก")
    HERB = "HERB", _("สมุนไพรที่ไม่ใช่อาหาร")
    SERVICE = "SERVICE", _("บริการ")

    HERITAGE = "HERITAGE", _("ศิลปะ วัฒนธรรม และแหล่งมรดก")
    SACRED = "SACRED", _("สถานที่ศักดิ์สิทธิ์")
    NATURE = "NATURE", _("ธรรมชาติและสัตว์ป่า")
    WAY_OF_LIFE = "WAY_OF_LIFE", _("วิถีชีวิต")
    RECREATION = "RECREATION", _("นันทนาการและบันเทิง")
    SPA = "SPA", _("สปาเพื่อสุขภาพ")
    ROYAL_PROJECT = "ROYAL_PROJECT", _("โครงการหลวงและโครงการในพระราชดำริ")
    SHOPPING = "SHOPPING", _("ช้อปปิ้ง")
    FACTORY = "FACTORY", _("โรงงานและโรงงานเบียร์")
    ACADEMIC = "ACADEMIC", _("สถานที่ท่องเที่ยวเชิงวิชาการ")


_ALL: Final = tuple(Category)
#: The categories of each kind, in the order in which they are offered.
CATEGORIES: Final[Mapping[PublishedKind, tuple[Category, ...]]] = {
    PublishedKind.NEWS: _ALL[:7],
    PublishedKind.PRODUCT: _ALL[7:13],
    PublishedKind.PLACE: _ALL[13:],
}
