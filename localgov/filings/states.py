"""The workflow of a sheet: statuses, actions and the one table of steps (DESIGN §4, States). Pure data."""

from dataclasses import dataclass

from django.db import models

from localgov.access.permissions import Permission as P


class Status(models.TextChoices):
    """Where a sheet revision stands. Answers are written in RECORDING alone."""

    RECORDING = "RECORDING", "กำลังบันทึก"
    SUBMITTED = "SUBMITTED", "ส่งตรวจแล้ว"
    VERIFIED = "VERIFIED", "ตรวจสอบแล้ว"
    CERTIFIED_LAO = "CERTIFIED_LAO", "อปท. รับรองแล้ว"
    CERTIFIED_PROVINCE = "CERTIFIED_PROVINCE", "จังหวัดรับรองแล้ว"
    CLOSED = "CLOSED", "ปิด (มีฉบับแก้ไข)"


class Action(models.TextChoices):
    """What a person does to a sheet."""

    SUBMIT = "SUBMIT", "ส่งให้ผู้ตรวจสอบ"
    TAKE_BACK_SUBMISSION = "TAKE_BACK_SUBMISSION", "ดึงกลับมาแก้ไข"
    VERIFY = "VERIFY", "ตรวจสอบแล้ว ถูกต้อง"
    TAKE_BACK_VERIFICATION = "TAKE_BACK_VERIFICATION", "ถอนผลการตรวจสอบ"
    RETURN = "RETURN", "ส่งกลับให้แก้ไข"
    CERTIFY_LAO = "CERTIFY_LAO", "รับรองข้อมูลระดับ อปท."
    TAKE_BACK_LAO = "TAKE_BACK_LAO", "ถอนการรับรองระดับ อปท."
    RETURN_BY_PROVINCE = "RETURN_BY_PROVINCE", "จังหวัดส่งกลับให้แก้ไข"
    CERTIFY_PROVINCE = "CERTIFY_PROVINCE", "รับรองข้อมูลระดับจังหวัด"
    TAKE_BACK_PROVINCE = "TAKE_BACK_PROVINCE", "ถอนการรับรองระดับจังหวัด"
    AMEND = "AMEND", "ขอแก้ไขข้อมูลที่รับรองแล้ว"
    ORDER_AMENDMENT = "ORDER_AMENDMENT", "จังหวัดสั่งให้แก้ไข"
    REVOKE = "REVOKE", "เพิกถอนการรับรอง"


class Desk(models.TextChoices):
    """Whose desk a sheet in a status lies on."""

    RECORDER = "RECORDER", "ผู้บันทึก"
    VERIFIER = "VERIFIER", "ผู้ตรวจสอบ"
    EXECUTIVE = "EXECUTIVE", "ผู้บริหาร อปท."
    PROVINCE = "PROVINCE", "สถจ."
    NOBODY = "NOBODY", "-"


#: Whose turn it is in each status.
DESKS: dict[Status, Desk] = {
    Status.RECORDING: Desk.RECORDER,
    Status.SUBMITTED: Desk.VERIFIER,
    Status.VERIFIED: Desk.EXECUTIVE,
    Status.CERTIFIED_LAO: Desk.PROVINCE,
    Status.CERTIFIED_PROVINCE: Desk.NOBODY,
    Status.CLOSED: Desk.NOBODY,
}


@dataclass(frozen=True)
class Step:
    """One row of the table: in `source`, `action` by a holder of `permission` leads to `target`.

    `opens_revision`: the act closes or leaves this revision and opens n+1 as a copy. `own_service`: only the certification
    room may take it, never the generic action form. `needs_order`: an order number is asked for.
    """

    source: Status
    action: Action
    target: Status
    permission: P
    needs_clean_checks: bool = False
    needs_note: bool = False
    needs_order: bool = False
    opens_revision: bool = False
    own_service: bool = False
    voids_sign_offs: bool = False


STEPS: tuple[Step, ...] = (
    Step(Status.RECORDING, Action.SUBMIT, Status.SUBMITTED, P.FILING_RECORD, needs_clean_checks=True),
    Step(Status.SUBMITTED, Action.TAKE_BACK_SUBMISSION, Status.RECORDING, P.FILING_RECORD, voids_sign_offs=True),
    Step(Status.SUBMITTED, Action.VERIFY, Status.VERIFIED, P.FILING_VERIFY),
    Step(Status.SUBMITTED, Action.RETURN, Status.RECORDING, P.FILING_VERIFY, needs_note=True, voids_sign_offs=True),
    Step(Status.VERIFIED, Action.TAKE_BACK_VERIFICATION, Status.SUBMITTED, P.FILING_VERIFY, voids_sign_offs=True),
    Step(Status.VERIFIED, Action.RETURN, Status.RECORDING, P.CERTIFY_UNIT, needs_note=True, voids_sign_offs=True),
    Step(Status.VERIFIED, Action.CERTIFY_LAO, Status.CERTIFIED_LAO, P.CERTIFY_UNIT, own_service=True),
    Step(Status.CERTIFIED_LAO, Action.TAKE_BACK_LAO, Status.VERIFIED, P.CERTIFY_UNIT, own_service=True),
    Step(
        Status.CERTIFIED_LAO,
        Action.RETURN_BY_PROVINCE,
        Status.CLOSED,
        P.CERTIFY_PROVINCE,
        needs_note=True,
        opens_revision=True,
        own_service=True,
    ),
    Step(
        Status.CERTIFIED_LAO,
        Action.CERTIFY_PROVINCE,
        Status.CERTIFIED_PROVINCE,
        P.CERTIFY_PROVINCE,
        own_service=True,
    ),
    Step(
        Status.CERTIFIED_PROVINCE,
        Action.TAKE_BACK_PROVINCE,
        Status.CERTIFIED_LAO,
        P.CERTIFY_PROVINCE,
        own_service=True,
    ),
    Step(
        Status.CERTIFIED_PROVINCE,
        Action.AMEND,
        Status.CERTIFIED_PROVINCE,
        P.FILING_RECORD,
        needs_note=True,
        opens_revision=True,
        own_service=True,
    ),
    Step(
        Status.CERTIFIED_PROVINCE,
        Action.ORDER_AMENDMENT,
        Status.CERTIFIED_PROVINCE,
        P.CERTIFY_PROVINCE,
        needs_note=True,
        opens_revision=True,
        own_service=True,
    ),
    Step(
        Status.CERTIFIED_PROVINCE,
        Action.REVOKE,
        Status.CLOSED,
        P.CERTIFICATE_REVOKE,
        needs_note=True,
        needs_order=True,
        opens_revision=True,
        own_service=True,
    ),
)

TRANSITIONS: dict[tuple[Status, Action], Step] = {(step.source, step.action): step for step in STEPS}

#: Statuses in which a revision is certified by at least the unit.
CERTIFIED = (Status.CERTIFIED_LAO, Status.CERTIFIED_PROVINCE)

#: Acts by which somebody else asks the unit to mend what it had sent or certified.
ASKED_BACK = (Action.RETURN, Action.RETURN_BY_PROVINCE, Action.ORDER_AMENDMENT, Action.REVOKE)
