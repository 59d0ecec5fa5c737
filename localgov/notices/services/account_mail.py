"""Account workbooks to the provinces by e-mail (MISSION R2.2).

Codes are secrets: none is ever written into the outbox. An e-mail only says "the codes of province 25"; they are issued at
the moment of sending, live in memory until the server has taken them, and void those of an earlier workbook.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from django.db import transaction

from localgov.access.actor import Actor
from localgov.access.decision import Denied
from localgov.accounts import handover
from localgov.accounts import selectors as accounts
from localgov.accounts import services as issuing
from localgov.accounts.models import User
from localgov.audit import services as audit
from localgov.lib.emails import parse_email
from localgov.lib.refusals import Refusal
from localgov.lib.thai_calendar import bangkok_date
from localgov.notices import policies
from localgov.notices.models import Mail, OfficeAddress
from localgov.notices.selectors import mails as reading
from localgov.notices.selectors.mails import ProvinceMail
from localgov.notices.services.mailing import Letter, mails_queue
from localgov.notices.states import MailKind

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_BODY = """เรียน ท้องถิ่นจังหวัด{name}

กรมส่งเสริมการปกครองท้องถิ่นขอส่งบัญชีผู้ใช้ระบบ INFO ของหน่วยงานในจังหวัด{name} ตามแฟ้มที่แนบ
แฟ้มนี้มีรหัสใช้ครั้งเดียว โปรดส่งให้ผู้รับผิดชอบของแต่ละหน่วยงานเฉพาะบรรทัดของหน่วยงานนั้น แล้วลบอีเมลและแฟ้มนี้
รหัสของแฟ้มที่ส่งก่อนหน้านี้ใช้ไม่ได้แล้ว

อีเมลนี้ส่งโดยอัตโนมัติจากระบบข้อมูลกลางองค์กรปกครองส่วนท้องถิ่น (INFO) โปรดอย่าตอบกลับ
"""


@transaction.atomic
def office_address_set(*, actor: Actor, at: datetime, province_code: str, email: str) -> OfficeAddress:
    """Keep the official address of a province's office. Raises `Denied`, `NotAnEmail`."""
    policies.can_mail_accounts(actor).require()
    office = reading.province_office(province_code)
    if office is None:
        raise Denied("ไม่พบสำนักงานของจังหวัดนี้ในทะเบียน")
    try:
        address = parse_email(email)
    except Refusal as refusal:
        raise Denied(refusal.message) from None
    kept, _ = OfficeAddress.objects.update_or_create(organisation=office, defaults={"email": address})
    audit.record(
        actor=actor,
        type="office.address",
        target_kind="organisation",
        target_id=office.pk,
        target_label=office.code,
        path=f"th.{province_code}.",
        at=at,
        data={"email": address},
    )
    return kept


@transaction.atomic
def account_mails_queue(*, actor: Actor, at: datetime, provinces: Sequence[ProvinceMail]) -> int:
    """Send provinces the workbook of their codes; how many e-mails were written.

    Left out: a province without an address, without a code to hand over, or with a workbook on its way. Raises `Denied`
    when the actor may not, or when nothing is left.
    """
    policies.can_mail_accounts(actor).require()
    letters = [
        _letter(province, at)
        for province in provinces
        if province.email and province.to_hand_over and not province.is_waiting
    ]
    if not letters:
        raise Denied("ไม่มีจังหวัดที่ส่งได้: ต้องมีที่อยู่อีเมล มีบัญชีที่ยังไม่เข้าใช้ และไม่มีแฟ้มที่กำลังรอส่ง")
    written = mails_queue(actor=actor, at=at, letters=letters)
    audit.record(
        actor=actor,
        type="account.mailed",
        target_kind="accounts",
        target_id=letters[0].attachment if len(letters) == 1 else "many",
        path="th.",
        at=at,
        data={"provinces": [letter.attachment.partition(":")[2] for letter in letters]},
    )
    return written


def _letter(province: ProvinceMail, at: datetime) -> Letter:
    return Letter(
        kind=MailKind.ACCOUNTS,
        cause_key=f"accounts:{province.province_code}:{at.isoformat()}",
        to=province.email,
        to_label=f"สถจ.{province.name}",
        path=f"th.{province.province_code}.",
        subject=f"บัญชีผู้ใช้ระบบ INFO จังหวัด{province.name}",
        body=_BODY.format(name=province.name),
        attachment=f"accounts:{province.province_code}",
    )


def account_workbook(*, mail: Mail, at: datetime) -> tuple[str, bytes, str]:
    """Issue the codes of a province, committed, and write them into a workbook: name, content and type of the file.

    In the name and with the rights that the person who asked has now. Raises `Denied`.
    """
    code = mail.attachment.partition(":")[2]
    today = bangkok_date(at)
    user = User.objects.filter(pk=mail.asked_by).first()
    if user is None:
        raise Denied("ผู้สั่งส่งไม่มีบัญชีแล้ว")
    actor = accounts.actor_for(user=user, on=today)
    policies.can_mail_accounts(actor).require()
    row = next(
        (one for one in accounts.accounts_by_province(actor=actor, at=at, on=today) if one.province_code == code), None
    )
    if row is None or not row.missing + row.not_in_use:
        raise Denied("ทุกบัญชีในจังหวัดนี้เข้าใช้แล้ว จึงไม่มีรหัสที่ต้องส่ง")
    with transaction.atomic():
        handed = issuing.accounts_issue(actor=actor, at=at, province_code=code) if row.missing else []
        if row.not_in_use:  # with those just made: one workbook holds all whose codes are not used
            handed = issuing.accounts_reissue(actor=actor, at=at, province_code=code)
    content = BytesIO()
    handover.workbook(content, handed, province_name=row.name, at=at)
    return f"INFO-accounts-{code}.xlsx", content.getvalue(), _XLSX
