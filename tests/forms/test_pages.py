"""Pages of forms: who may open them, what they show, the way of a workbook to a published version."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from localgov.access.actor import system_actor
from localgov.access.roles import RoleCode
from localgov.forms import services
from localgov.forms.engine.reader_text import read_folder
from localgov.forms.models import FormDraft, FormVersion
from localgov.forms.services import FORMS_FOLDER
from localgov.forms.workbooks import workbook_of
from tests.conftest import Person
from tests.forms.test_publish import cell, edited, small

pytestmark = pytest.mark.django_db


@pytest.fixture
def newer(small_form: FormVersion, at: datetime) -> FormVersion:
    """A second version of the small form: one label changed."""
    source = edited(small(), survey=cell("male", label="ชายทุกวัย"))
    return services.form_publish(actor=system_actor("ทดสอบ", RoleCode.FORM_OWNER), at=at, source=source).version


@pytest.fixture
def draft(small_form: FormVersion, form_owner: Person, at: datetime) -> FormDraft:
    source = edited(small(), survey=cell("female", label="หญิงทุกวัย"))
    return services.form_draft_save(actor=form_owner.actor, at=at, source=source, file_name="แบบ.xlsx")


def upload(client: Client, content: bytes, name: str = "แบบ.xlsx") -> Any:
    return client.post(reverse("forms:draft-upload"), {"workbook": SimpleUploadedFile(name, content)})


def reading_pages(version: FormVersion) -> list[str]:
    names = ("version-detail", "version-differences", "version-workbook")
    return [reverse("forms:form-list"), *(reverse(f"forms:{name}", args=[version.pk]) for name in names)]


def owner_pages(draft: FormDraft) -> list[str]:
    return [reverse("forms:draft-upload"), reverse("forms:draft-detail", args=[draft.pk])]


def test_everyone_who_may_read_forms_opens_the_reading_pages(
    newer: FormVersion, recorder: Person, stranger: Person, auditor: Person
) -> None:
    for someone in (recorder, stranger, auditor):
        assert {someone.client().get(page).status_code for page in reading_pages(newer)} == {200}


def test_an_account_without_the_right_is_refused_everywhere(newer: FormVersion, operator: Person) -> None:
    assert {operator.client().get(page).status_code for page in reading_pages(newer)} == {403}


def test_nobody_signed_in_is_sent_to_sign_in(newer: FormVersion) -> None:
    assert {Client().get(page).status_code for page in reading_pages(newer)} == {302}


def test_drafts_are_refused_to_all_but_owners_of_forms(
    draft: FormDraft, recorder: Person, stranger: Person, department_officer: Person, form_owner: Person
) -> None:
    for someone in (recorder, stranger, department_officer):
        assert {someone.client().get(page).status_code for page in owner_pages(draft)} == {403}
        for act in ("draft-publish", "draft-discard"):
            assert someone.client().post(reverse(f"forms:{act}", args=[draft.pk])).status_code == 403
    assert {form_owner.client().get(page).status_code for page in owner_pages(draft)} == {200}
    assert FormVersion.objects.count() == 1


@pytest.mark.parametrize("name", ["version-detail", "version-differences", "version-workbook", "draft-detail"])
def test_what_is_not_there_is_404(name: str, form_owner: Person) -> None:
    assert form_owner.client().get(reverse(f"forms:{name}", args=[999_999])).status_code == 404


@pytest.mark.parametrize("act", ["draft-publish", "draft-discard"])
def test_acts_are_not_done_by_opening_an_address(act: str, draft: FormDraft, form_owner: Person) -> None:
    assert form_owner.client().get(reverse(f"forms:{act}", args=[draft.pk])).status_code == 405
    assert FormDraft.objects.exists()


def test_a_version_is_read_one_domain_at_a_time(small_form: FormVersion, recorder: Person) -> None:
    client, page = recorder.client(), reverse("forms:version-detail", args=[small_form.pk])
    first = client.get(page).content.decode()
    assert "ประชากรชาย" in first
    assert 'id="q-tap"' not in first
    second = client.get(page, {"sheet": "domain_2"}).content.decode()
    assert 'id="q-tap"' in second
    assert "ถามเมื่อ" in second
    assert "“มีน้ำประปาหรือไม่” เท่ากับ “มี”" in second


def test_the_words_are_searched_in_every_domain(small_form: FormVersion, recorder: Person) -> None:
    page = reverse("forms:version-detail", args=[small_form.pk])
    found = recorder.client().get(page, {"words": "water-01"}).content.decode()
    assert 'id="q-tap_households"' in found
    assert 'id="q-male"' not in found
    assert "ไม่พบข้อมูล" in recorder.client().get(page, {"words": "ไม่มีคำนี้แน่"}).content.decode()


def test_a_type_of_unit_sees_only_what_it_answers(small_form: FormVersion, recorder: Person) -> None:
    page = reverse("forms:version-detail", args=[small_form.pk])
    assert 'id="q-village"' in recorder.client().get(page, {"unit_type": "SAO"}).content.decode()
    pao = recorder.client().get(page, {"unit_type": "PAO"}).content.decode()
    assert 'id="q-village"' not in pao
    assert "ชุมชน" not in pao


def test_unusable_filters_fall_back_to_the_whole_form(small_form: FormVersion, recorder: Person) -> None:
    page = reverse("forms:version-detail", args=[small_form.pk])
    response = recorder.client().get(page, {"unit_type": "NOPE", "sheet": "'; --", "words": "x" * 500})
    assert response.status_code == 200
    assert 'id="q-male"' in response.content.decode()


def test_the_differences_name_what_was_and_what_is(newer: FormVersion, recorder: Person) -> None:
    text = recorder.client().get(reverse("forms:version-differences", args=[newer.pk])).content.decode()
    assert "ชายทุกวัย" in text
    assert "<del" in text


def test_a_form_of_the_real_size_is_read_without_a_query_for_its_questions(
    recorder: Person, at: datetime, django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    source = read_folder(FORMS_FOLDER / "eight_domains")
    version = services.form_publish(actor=system_actor("ทดสอบ", RoleCode.FORM_OWNER), at=at, source=source).version
    client, page = recorder.client(), reverse("forms:version-detail", args=[version.pk])
    client.get(page)
    with django_assert_max_num_queries(6):
        response = client.get(page, {"sheet": "domain_6"})
    assert len(response.content) < 400_000


def test_a_workbook_goes_from_download_to_a_published_version(small_form: FormVersion, form_owner: Person) -> None:
    client = form_owner.client()
    sent = upload(client, workbook_of(edited(small(), survey=cell("male", label="ชายทุกวัย"))))
    draft = FormDraft.objects.get()
    assert sent.url == reverse("forms:draft-detail", args=[draft.pk])
    shown = client.get(reverse("forms:draft-detail", args=[draft.pk])).content.decode()
    assert "คำถามที่เปลี่ยน" in shown
    published = client.post(reverse("forms:draft-publish", args=[draft.pk]))
    version = FormVersion.objects.get(version="small.2")
    assert published.headers["Location"] == reverse("forms:version-detail", args=[version.pk])
    assert not FormDraft.objects.exists()


def test_a_broken_workbook_comes_back_with_every_fault_by_cell(small_form: FormVersion, form_owner: Person) -> None:
    broken = edited(small(), survey=cell("male", unit="ครัวเรือน", type="decimal"))
    response = upload(form_owner.client(), workbook_of(broken))
    text = response.content.decode()
    assert response.status_code == 422
    assert "พบที่ต้องแก้ 2 แห่ง" in text
    assert "J unit" in text
    assert not FormDraft.objects.exists()


@pytest.mark.parametrize(("content", "sentence"), [(b"", "ไฟล์ว่าง"), (b"x", "ไม่ใช่สมุดงาน .xlsx")])
def test_a_useless_file_is_refused_with_a_sentence(content: bytes, sentence: str, form_owner: Person) -> None:
    response = upload(form_owner.client(), content)
    assert response.status_code == 422
    assert sentence in response.content.decode()


def test_a_published_text_sent_again_says_that_nothing_changed(small_form: FormVersion, form_owner: Person) -> None:
    response = upload(form_owner.client(), workbook_of(small()))
    assert "ไม่มีอะไรต้องเผยแพร่" in response.content.decode()


def test_a_draft_that_was_overtaken_shows_why_it_cannot_be_published(
    draft: FormDraft, newer: FormVersion, form_owner: Person
) -> None:
    response = form_owner.client().post(reverse("forms:draft-publish", args=[draft.pk]))
    assert response.status_code == 422
    assert "เผยแพร่ไปแล้ว" in response.content.decode()


def test_a_draft_can_be_thrown_away(draft: FormDraft, form_owner: Person) -> None:
    response = form_owner.client().post(reverse("forms:draft-discard", args=[draft.pk]), follow=True)
    assert "ทิ้งร่าง" in response.content.decode()
    assert not FormDraft.objects.exists()


def test_the_list_shows_versions_to_all_and_drafts_to_their_owner(
    draft: FormDraft, recorder: Person, form_owner: Person
) -> None:
    page = reverse("forms:form-list")
    assert "small.1" in recorder.client().get(page).content.decode()
    assert "ร่างที่รอเผยแพร่" not in recorder.client().get(page).content.decode()
    assert "ร่างที่รอเผยแพร่" in form_owner.client().get(page).content.decode()
    assert "ไม่พบข้อมูล" in recorder.client().get(page, {"words": "เงินกู้"}).content.decode()
