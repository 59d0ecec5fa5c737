"""What a version changes of the one that the public sees: field by field, with the words that came and went."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from localgov.publishing.contents import FIELDS, content_of
from localgov.publishing.models import ItemVersion, VersionDocument, VersionPicture
from localgov.publishing.showing import LABELS, words_of
from localgov.publishing.states import PublishedKind

#: A word, a blank, or one Thai letter with the marks that stand on it: Thai has no spaces between words.
_PIECES = re.compile(
    "\\n|[ \\t]+|[0-9A-Za-z@._:/-]+|[\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e46][\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]*|."
)
#: Longer texts are shown whole on both sides.
_LONGEST = 6000
#: A common run shorter than this between two changes is no help to the eye.
_SHORTEST_COMMON = 4


@dataclass(frozen=True)
class Part:
    """A piece of a text: `same`, `gone` (was there), `come` (is new)."""

    how: str
    words: str


@dataclass(frozen=True)
class Difference:
    """A field that differs: its label and the text in pieces, those gone and those come among those that stayed."""

    label: str
    parts: tuple[Part, ...]


def differences(shown: ItemVersion, waiting: ItemVersion) -> list[Difference]:
    """The fields in which a version differs from the one shown, in the order of the form."""
    kind, before, after = PublishedKind(waiting.kind), content_of(shown), content_of(waiting)
    found = []
    for name in FIELDS[kind]:
        old, new = words_of(before, name), words_of(after, name)
        if old != new:
            found.append(Difference(LABELS[kind][name], text_parts(old, new)))
    return found


def text_parts(old: str, new: str) -> tuple[Part, ...]:
    """Both texts as one, in pieces."""
    if not old or not new or len(old) + len(new) > _LONGEST:
        return _whole(old, new)
    left, right = _PIECES.findall(old), _PIECES.findall(new)
    blocks = SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks()
    parts: list[Part] = []
    before = after = 0
    for block in blocks:
        common = "".join(left[block.a : block.a + block.size])
        is_end = block.a == len(left) and block.b == len(right)
        at_an_end = block.a + block.size == len(left) or (block.a == 0 and block.b == 0)
        if not is_end and len(common) < _SHORTEST_COMMON and not at_an_end:
            continue
        _put(parts, "gone", "".join(left[before : block.a]))
        _put(parts, "come", "".join(right[after : block.b]))
        _put(parts, "same", common)
        before, after = block.a + block.size, block.b + block.size
    return tuple(parts)


def picture_changes(shown: Sequence[VersionPicture], waiting: Sequence[VersionPicture]) -> str:
    """In words: how many pictures came and went, or that only their order or description changed; empty for none."""
    before, after = [one.picture_id for one in shown], [one.picture_id for one in waiting]
    come, gone = len(set(after) - set(before)), len(set(before) - set(after))
    told = [f"{word} {count} รูป" for word, count in (("เพิ่ม", come), ("นำออก", gone)) if count]
    if not told and [(one.picture_id, one.alt) for one in shown] != [(one.picture_id, one.alt) for one in waiting]:
        told = ["เปลี่ยนลำดับหรือคำบรรยายของรูป"]
    return " · ".join(told)


def document_changes(shown: Sequence[VersionDocument], waiting: Sequence[VersionDocument]) -> str:
    """In words: which documents came and went, or that only their order or names changed; empty for none."""
    before, after = {one.document_id: one.name for one in shown}, {one.document_id: one.name for one in waiting}
    come = [f"เพิ่ม “{name}”" for pk, name in after.items() if pk not in before]
    gone = [f"นำออก “{name}”" for pk, name in before.items() if pk not in after]
    if not come and not gone and list(before.items()) != list(after.items()):
        return "เปลี่ยนลำดับหรือชื่อของเอกสาร"
    return " · ".join([*come, *gone])


def _whole(old: str, new: str) -> tuple[Part, ...]:
    parts: list[Part] = []
    _put(parts, "gone", old)
    _put(parts, "come", new)
    return tuple(parts)


def _put(parts: list[Part], how: str, words: str) -> None:
    if words:
        parts.append(Part(how, words))
