"""Writing notes: each writing is a new version, what stood before stays readable."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction

from localgov.access.actor import Actor
from localgov.access.decision import Denied
from localgov.audit import services as audit
from localgov.forms import policies, selectors
from localgov.forms.models import HOME, Note
from localgov.lib.refusals import Refusal

#: What a new installation says until the Department writes its own; no telephone is made up.
FIRST_NOTES: dict[str, str] = {
    HOME: "บันทึก ตรวจสอบ และรับรองข้อมูลให้ครบทุกด้านภายในวันครบกำหนดของปีงบประมาณ และปรับปรุงให้เป็นปัจจุบันอย่างต่อเนื่อง\n"
    "ตรวจชื่อหน่วยงานที่มุมขวาบนว่าเป็นของท่านก่อนทำรายการทุกครั้ง",
    "eight_domains": "บันทึกจากเอกสารของปีงบประมาณนี้ ไม่มีสิ่งที่ถามให้เลือก “ไม่มี” ยังไม่ทราบให้เลือก “ไม่มีข้อมูล” พร้อมเหตุผล\n"
    "ควรเริ่มจากด้านที่ 6 เพราะประชากร ครัวเรือน และพื้นที่ของด้านนั้นใช้ตรวจด้านอื่น",
}
#: The office of the Department that answers for INFO (MISSION §1).
FIRST_OFFICE = "ศูนย์เทคโนโลยีสารสนเทศท้องถิ่น"


class NoteStale(Refusal):
    """Somebody wrote the note after the writer had opened it."""


@transaction.atomic
def note_write(
    *, actor: Actor, at: datetime, subject: str, seen: int, text: str, office: str, telephone: str
) -> Note | None:
    """Write the next version of a note over the version `seen` (0: none yet); None when nothing differs from it.

    Raises:
        Denied: no right, or there is no such subject.
        NoteStale: another version came in between.
    """
    policies.can_write_note(actor, subject).require()
    label = selectors.note_subjects().get(subject)
    if label is None:
        raise Denied("ไม่มีแบบข้อมูลหรือด้านนี้แล้ว")
    with connection.cursor() as cursor:  # two writers at once: the second waits, then sees the first's version
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"note {subject}"])
    last = Note.objects.filter(subject=subject).order_by("-version").first()
    if (last.version if last else 0) != seen:
        raise NoteStale(f"มีผู้แก้หมายเหตุนี้ไปก่อนแล้ว: {last.written_label if last else ''} โปรดอ่านฉบับล่าสุดด้านล่าง แล้วบันทึกอีกครั้ง")
    content = {"text": text, "office": office, "telephone": telephone}
    if {key: getattr(last, key, "") for key in content} == content:
        return None
    note = Note.objects.create(
        subject=subject, version=seen + 1, written_by=actor.user_id, written_label=actor.label[:200], at=at, **content
    )
    audit.record(
        actor=actor, type="note.write", target_kind="note", target_id=note.pk, target_label=label, at=at,
        data={"subject": subject, "version": note.version},
    )  # fmt: skip
    return note


@transaction.atomic
def notes_begin(*, actor: Actor, at: datetime) -> int:
    """Write the first notes where there never were any; returns how many. Raises as `note_write`."""
    known = set(Note.objects.filter(subject__in=FIRST_NOTES).values_list("subject", flat=True))
    for subject in FIRST_NOTES.keys() - known:
        note_write(
            actor=actor, at=at, subject=subject, seen=0, text=FIRST_NOTES[subject], office=FIRST_OFFICE, telephone=""
        )
    return len(FIRST_NOTES) - len(known)
