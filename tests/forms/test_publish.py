"""Publishing: whole or not at all, codes for ever, a version frozen by the database itself."""

from collections.abc import Callable
from datetime import datetime
from types import MappingProxyType

import pytest
from django.db import DatabaseError, transaction

from localgov.access.actor import Actor, system_actor
from localgov.access.decision import Denied
from localgov.access.roles import RoleCode
from localgov.audit.models import Event
from localgov.forms import selectors, services
from localgov.forms.engine.problems import FormBroken
from localgov.forms.engine.reader_text import read_folder
from localgov.forms.engine.source import FormSource, RawRow
from localgov.forms.models import FormDraft, FormVersion, QuestionCode
from localgov.forms.workbooks import source_of_upload, workbook_of
from tests.conftest import FIXTURES, Person

pytestmark = pytest.mark.django_db

OWNER = system_actor("ทดสอบ", RoleCode.FORM_OWNER)
Edit = Callable[[dict[str, str]], dict[str, str] | None]


def small() -> FormSource:
    return read_folder(FIXTURES / "forms" / "small")


def edited(source: FormSource, *, version: str = "small.2", survey: Edit | None = None) -> FormSource:
    """The same form under another version number, its survey rows changed (None leaves a row out)."""

    def rows(sheet: tuple[RawRow, ...], edit: Edit) -> tuple[RawRow, ...]:
        changed = [(row, edit(dict(row.cells))) for row in sheet]
        return tuple(RawRow(row.sheet, row.row, MappingProxyType(cells)) for row, cells in changed if cells is not None)

    return FormSource(
        survey=rows(source.survey, survey or (lambda cells: cells)),
        choices=source.choices,
        rules=source.rules,
        settings=rows(source.settings, lambda cells: {**cells, "version": version}),
    )


def cell(code: str, **changes: str) -> Edit:
    """An edit of one survey row."""
    return lambda cells: {**cells, **changes} if cells.get("name") == code else cells


def publish(source: FormSource, at: datetime, actor: Actor = OWNER) -> services.Published:
    return services.form_publish(actor=actor, at=at, source=source)


def test_publishing_freezes_the_text_and_enters_every_code(at: datetime) -> None:
    version = publish(small(), at).version
    assert selectors.compiled(version.pk).sha256 == version.sha256
    codes = {code.code: code for code in QuestionCode.objects.all()}
    assert (codes["male"].data_type, codes["male"].unit, codes["male"].register) == ("integer", "คน", "")
    assert (codes["price"].data_type, codes["tap"].data_type) == ("decimal:money", "select_one:boolean")
    assert (codes["village"].data_type, codes["village_no"].register) == ("register", "village")
    assert Event.objects.get(type="form.publish").data["codes_added"] == len(codes)


def test_publishing_the_same_text_again_changes_nothing(at: datetime) -> None:
    first = publish(small(), at)
    again = publish(small(), at)
    assert (first.created, again.created, again.version) == (True, False, first.version)
    assert Event.objects.filter(type="form.publish").count() == 1


def test_an_old_version_number_with_another_text_is_refused_at_its_cell(at: datetime) -> None:
    publish(small(), at)
    changed = edited(small(), version="small.1", survey=cell("male", label="ชาย"))
    with pytest.raises(FormBroken, match=r"settings แถว 2 คอลัมน์ version: รุ่น small\.1 เผยแพร่ไปแล้ว"):
        publish(changed, at)


@pytest.mark.parametrize(
    ("edit", "place", "reason"),
    [
        (cell("male", type="decimal"), "แถว 4 คอลัมน์ type", "เป็น integer มาก่อน เปลี่ยนเป็น decimal ไม่ได้"),
        (cell("price", kind=""), "คอลัมน์ kind", "เป็น decimal:money มาก่อน"),
        (cell("male", unit="ครัวเรือน"), "แถว 4 คอลัมน์ unit", "ใช้หน่วย “คน” มาก่อน เปลี่ยนเป็น “ครัวเรือน” ไม่ได้"),
        (cell("male", unit=""), "แถว 4 คอลัมน์ unit", "เปลี่ยนเป็น (ไม่มีหน่วย) ไม่ได้"),
    ],
)
def test_a_code_that_would_change_its_meaning_is_refused_at_its_cell(
    edit: Edit, place: str, reason: str, at: datetime
) -> None:
    publish(small(), at)
    with pytest.raises(FormBroken) as refusal:
        publish(edited(small(), survey=edit), at)
    (problem,) = refusal.value.problems
    assert place in problem.place
    assert reason in problem.message
    assert FormVersion.objects.count() == 1


def test_a_label_a_hint_and_a_condition_may_change(at: datetime) -> None:
    publish(small(), at)
    newer = publish(edited(small(), survey=cell("male", label="ชาย", hint="ใหม่", required="")), at)
    assert newer.created
    assert selectors.compiled(newer.version.pk).questions["male"].label == "ชาย"


def test_a_code_left_out_is_retired_and_never_comes_back(at: datetime) -> None:
    publish(small(), at)
    without = edited(small(), survey=lambda cells: None if cells.get("name") == "price" else cells)
    second = publish(without, at).version
    assert QuestionCode.objects.get(code="price").retired_in == second
    with pytest.raises(FormBroken, match="price” เลิกใช้ไปแล้ว"):
        publish(edited(small(), version="small.3"), at)


def test_a_broken_form_is_refused_with_all_its_faults_and_leaves_nothing(at: datetime) -> None:
    broken = edited(
        small(),
        survey=lambda cells: {
            **cells,
            **({"constraint": "${nobody} > 1"} if cells.get("name") == "male" else {}),
            **({"relevant": "((("} if cells.get("name") == "price" else {}),
        },
    )
    with pytest.raises(FormBroken) as refusal:
        publish(broken, at)
    assert {problem.row for problem in refusal.value.problems} == {4, 18}
    assert not FormVersion.objects.exists()
    assert not QuestionCode.objects.exists()


def test_a_form_without_fiscal_years_is_refused(at: datetime) -> None:
    source = small()
    settings = {key: text for key, text in source.settings[0].cells.items() if not key.startswith("fiscal")}
    bare = FormSource(source.survey, source.choices, source.rules, (RawRow("settings", 2, MappingProxyType(settings)),))
    with pytest.raises(FormBroken) as refusal:
        publish(bare, at)
    assert [problem.column for problem in refusal.value.problems] == ["fiscal_year_from", "fiscal_year_to"]


@pytest.mark.parametrize("role", [role for role in RoleCode if role is not RoleCode.FORM_OWNER])
def test_nobody_but_the_owner_of_forms_publishes(role: RoleCode, at: datetime) -> None:
    with pytest.raises(Denied):
        publish(small(), at, system_actor("ทดสอบ", role))
    with pytest.raises(Denied):
        services.form_draft_save(actor=system_actor("ทดสอบ", role), at=at, source=small(), file_name="แบบ.xlsx")


@pytest.mark.parametrize(
    "act",
    [
        lambda version: FormVersion.objects.filter(pk=version.pk).update(title="อื่น"),
        lambda version: FormVersion.objects.filter(pk=version.pk).update(source={}),
        lambda version: FormVersion.objects.filter(pk=version.pk)._raw_delete("default"),
    ],
)
def test_the_database_refuses_to_change_a_published_version(act: Callable[[FormVersion], object], at: datetime) -> None:
    version = publish(small(), at).version
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        act(version)


def test_a_workbook_of_a_version_is_the_same_form(at: datetime) -> None:
    version = publish(small(), at).version
    again = source_of_upload(workbook_of(selectors.compiled(version.pk).source))
    assert publish(again, at) == services.Published(version, created=False)


def test_a_draft_waits_and_goes_when_it_is_published(form_owner: Person, at: datetime) -> None:
    publish(small(), at)
    changed = edited(small(), survey=cell("male", label="ชาย"))
    draft = services.form_draft_save(actor=form_owner.actor, at=at, source=changed, file_name="แบบ.xlsx")
    same = services.form_draft_save(actor=form_owner.actor, at=at, source=changed, file_name="แบบ2.xlsx")
    assert (same.pk, FormDraft.objects.count()) == (draft.pk, 1)
    published = services.form_draft_publish(actor=form_owner.actor, at=at, draft_id=draft.pk)
    assert published.version.version == "small.2"
    assert not FormDraft.objects.exists()


def test_a_draft_equal_to_a_published_version_is_refused(at: datetime) -> None:
    publish(small(), at)
    with pytest.raises(Denied, match="เหมือนกับ"):
        services.form_draft_save(actor=OWNER, at=at, source=small(), file_name="แบบ.xlsx")


def test_a_draft_that_another_version_overtook_is_refused_and_stays(at: datetime) -> None:
    publish(small(), at)
    draft = services.form_draft_save(
        actor=OWNER, at=at, source=edited(small(), survey=cell("male", label="ชาย")), file_name="แบบ.xlsx"
    )
    publish(edited(small(), survey=cell("male", label="บุรุษ")), at)
    with pytest.raises(FormBroken, match="เผยแพร่ไปแล้ว"):
        services.form_draft_publish(actor=OWNER, at=at, draft_id=draft.pk)
    assert FormDraft.objects.filter(pk=draft.pk).exists()
