"""The product's guides: as help pages, as PDF in the box, and the pictures that they show."""

from __future__ import annotations

import json
import re
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.core.management import call_command
from django.urls import reverse

from localgov.library import guides
from localgov.library.models import DownloadItem, DownloadVersion
from localgov.library.paper import guide_pdf
from tests.browser.guide_pictures import PICTURES
from tests.conftest import Person

LARGEST = 60 * 1024


def test_every_guide_is_named_and_every_picture_is_made_and_shown() -> None:
    assert {path.stem for path in guides.FOLDER.glob("*.md")} == set(guides.GUIDES)
    shown = set().union(*(guides.pictures_of(code) for code in guides.GUIDES))

    assert shown == {f"{name}.webp" for name in PICTURES} == guides.pictures()
    assert 0 < len(shown) <= 20
    assert not [path.name for path in guides.PICTURES.iterdir() if path.stat().st_size > LARGEST]


def test_a_guide_is_for_its_seats(recorder: Person, province_officer: Person, department_officer: Person) -> None:
    def status(who: Person, code: str) -> int:
        return who.client().get(reverse("help:guide", args=[code])).status_code

    assert [status(recorder, code) for code in ("recorder", "province", "department")] == [200, 404, 404]
    assert [status(province_officer, code) for code in ("recorder", "province", "department")] == [200, 200, 404]
    assert status(department_officer, "province") == 200
    listed = recorder.client().get(reverse("help:guide-list")).content.decode()
    assert reverse("help:guide", args=["recorder"]) in listed
    assert reverse("help:guide", args=["province"]) not in listed


def test_every_address_in_a_guide_opens_for_its_reader(recorder: Person, department_officer: Person) -> None:
    for client, codes in ((recorder.client(), ("README", "recorder")), (department_officer.client(), guides.GUIDES)):
        for code in codes:
            page = client.get(reverse("help:guide", args=[code])).content.decode()
            article = page.partition("<article")[2].partition("</article>")[0]
            for address in set(re.findall(r'(?:href|src)="([^"]+)"', article)):
                assert client.get(address).status_code == 200, address
    assert client.get(reverse("help:picture", args=["..%2F..%2Fsecret"])).status_code == 404


@pytest.mark.parametrize("code", sorted(guides.GUIDES))
def test_the_paper_of_a_guide_says_what_the_guide_says(code: str, at: datetime) -> None:
    document = pypdfium2.PdfDocument(guide_pdf(code, at=at))
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    plain = re.sub(r"\s", "", text)

    assert re.sub(r"\s", "", guides.guide(code).title) in plain
    for _, words in guides.guide(code).headings:
        assert re.sub(r"\s", "", words) in plain


def test_the_command_adds_once_and_follows_the_text(
    register: Any, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MEDIA_ROOT = tmp_path

    def load() -> dict[str, list[str]]:
        out = StringIO()
        call_command("load_guides", "--json", stdout=out)
        found: dict[str, list[str]] = json.loads(out.getvalue())
        return found

    assert len(load()["added"]) == len(guides.GUIDES) - 1
    assert load() == {"added": [], "replaced": [], "unchanged": [code for code in guides.GUIDES if code != "README"]}

    changed = tmp_path / "guides"
    changed.mkdir()
    for path in guides.FOLDER.glob("*.md"):
        text = path.read_text(encoding="utf-8")
        (changed / path.name).write_text(text + ("\nเพิ่ม\n" if path.stem == "district" else ""), encoding="utf-8")
    monkeypatch.setattr(guides, "FOLDER", changed)
    guides.guide.cache_clear()
    assert load()["replaced"] == ["district"]
    assert DownloadItem.objects.count() == len(guides.GUIDES) - 1
    assert DownloadVersion.objects.filter(item__code="guide-district").count() == 2
    guides.guide.cache_clear()
