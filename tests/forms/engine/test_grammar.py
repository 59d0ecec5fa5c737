"""Expressions as text: what parses to what, what is refused where, and back to text without loss."""

from __future__ import annotations

import contextlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from localgov.forms.engine.grammar import MAX_LENGTH, parse
from localgov.forms.engine.problems import ExpressionError
from localgov.forms.engine.tree import (
    PRECEDENCE,
    Binary,
    Call,
    Dot,
    LastSaved,
    Negate,
    Node,
    Number,
    Ref,
    Text,
    to_text,
)
from tests.forms.engine.samples import PATIENT


def number(text: str) -> Number:
    return Number(Decimal(text))


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("5", number("5")),
        ("0.001", number("0.001")),
        (".5", number("0.5")),
        (".", Dot()),
        ("'a b'", Text("a b")),
        ('"it\'s"', Text("it's")),
        ("''", Text("")),
        ("${a}", Ref("a")),
        ("${ a }", Ref("a")),
        ("a_b", Ref("a_b", bare=True)),
        ("${last-saved#a}", LastSaved("a")),
        ("-5", Negate(number("5"))),
        ("- -5", Negate(Negate(number("5")))),
        (". >= 1", Binary(">=", Dot(), number("1"))),
        (".>=1", Binary(">=", Dot(), number("1"))),
        ("1 + 2 * 3", Binary("+", number("1"), Binary("*", number("2"), number("3")))),
        ("(1 + 2) * 3", Binary("*", Binary("+", number("1"), number("2")), number("3"))),
        ("1 - 2 - 3", Binary("-", Binary("-", number("1"), number("2")), number("3"))),
        ("${a} div ${b} mod 2", Binary("mod", Binary("div", Ref("a"), Ref("b")), number("2"))),
        ("1 = 2 or 1 = 1 and 2 = 2", Binary("or", parse("1 = 2"), Binary("and", parse("1 = 1"), parse("2 = 2")))),
        ("1 < 2 = ${a}", Binary("=", Binary("<", number("1"), number("2")), Ref("a"))),
        ("not(${a} = 1)", Call("not", (Binary("=", Ref("a"), number("1")),))),
        ("today()", Call("today", ())),
        ("count-if(${v}, k = 'x')", Call("count-if", (Ref("v"), Binary("=", Ref("k", bare=True), Text("x"))))),
        ("order_no = 1", Binary("=", Ref("order_no", bare=True), number("1"))),
        ("android = 1", Binary("=", Ref("android", bare=True), number("1"))),
        ("${a}\n  = 1", Binary("=", Ref("a"), number("1"))),
    ],
)
def test_reads_an_expression_as(text: str, tree: Node) -> None:
    assert parse(text) == tree


@pytest.mark.parametrize(
    ("text", "position", "words"),
    [
        ("${a} / 2", 6, "div"),
        ("${a} % 2", 6, "mod"),
        ("${a} & 2", 6, "and"),
        ("${a} ≤ 2", 6, "<="),
        ("${a} = ‘x’", 8, "คำพูดตรง"),
        ("${a} = 'x", 8, "ไม่ได้ปิด"),
        ("${a", 1, "${รหัสคำถาม}"),
        ("${} = 1", 1, "รหัสคำถาม"),
        ("1 2", 3, "ไม่คาดว่าจะพบ “2”"),
        ("(1 + 2", 6, "ยังไม่จบ"),
        ("1 +", 3, "ยังไม่จบ"),
        ("1 + * 2", 5, "“*”"),
        ("ก = 1", 1, "ไม่รู้จักอักขระ “ก”"),
        ("", None, "ว่างเปล่า"),
        ("   ", None, "ว่างเปล่า"),
    ],
)
def test_refuses_with_the_place_and_the_cure(text: str, position: int | None, words: str) -> None:
    with pytest.raises(ExpressionError) as refusal:
        parse(text)

    assert refusal.value.position == position
    assert words in refusal.value.message


@pytest.mark.parametrize(
    "text", ["not(" * 90 + "1 = 1" + ")" * 90, "-" * 3000 + "1", "1 + " * 500 + "1", "1" + " + 1" * MAX_LENGTH]
)
def test_refuses_what_is_nested_or_long_beyond_reason(text: str) -> None:
    with pytest.raises(ExpressionError):
        parse(text)


CODES = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True).filter(
    lambda code: code not in {"and", "or", "div", "mod"}
)
LEAVES = st.one_of(
    st.builds(Number, st.decimals(min_value=0, max_value=10**12, places=3)),
    st.builds(Text, st.text(st.characters(exclude_characters="'\"", exclude_categories=["Cs"]), max_size=8)),
    st.just(Dot()),
    st.builds(Ref, CODES, st.booleans()),
    st.builds(LastSaved, CODES),
)
TREES = st.recursive(
    LEAVES,
    lambda below: st.one_of(
        st.builds(Negate, below),
        st.builds(Binary, st.sampled_from(sorted(PRECEDENCE)), below, below),
        st.builds(
            Call, st.sampled_from(["if", "count-if", "not", "fiscal-year"]), st.lists(below, max_size=3).map(tuple)
        ),
    ),
    max_leaves=20,
)


@PATIENT
@given(TREES)
def test_a_tree_comes_back_from_its_own_text(tree: Node) -> None:
    assert parse(to_text(tree)) == tree


def test_a_text_with_both_quotes_has_no_spelling() -> None:
    with pytest.raises(ValueError, match="quotes"):
        to_text(Text("'\""))


@PATIENT
@given(st.text(max_size=40))
def test_any_text_parses_or_is_refused_in_words(text: str) -> None:
    with contextlib.suppress(ExpressionError):
        parse(text)
