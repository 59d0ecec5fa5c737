"""The markup of cards: what units write stays text."""

from localgov.publishing.selectors.shown import ShownPicture
from localgov.travel.markup import card_list
from localgov.travel.views.pages import Card


def test_what_a_unit_writes_stays_text() -> None:
    hostile = "<script>'\"&"
    picture = ShownPicture("ab" * 32, hostile, 640, 480)

    written = card_list(
        [
            Card("/travel/places/1/", hostile, hostile, "landmark", hostile, hostile, picture, hostile),
            Card("/travel/places/2/", "วัด", "ศิลปะ", "landmark", "อบต.", "ตรัง", None),
        ],
        "is-four",
    )

    assert hostile not in written
    assert written.count("&lt;script&gt;&#x27;&quot;&amp;") == 5
    assert f"{'ab' * 32}" in written
    assert 'class="tv-cards is-four"' in written
    assert written.count("<article") == 2
    assert written.count("<picture>") == 1
