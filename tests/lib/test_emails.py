"""E-mail addresses as typed. All mailboxes are invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from localgov.lib.emails import NotAnEmail, parse_email
from localgov.lib.refusals import Refusal
from tests.lib.readers import speaks_thai, value_or_refusal


@pytest.mark.parametrize(
    ("typed", "email"),
    [
        ("saraban@bansang.go.th", "saraban@bansang.go.th"),
        (" Saraban@BanSang.GO.TH ", "Saraban@bansang.go.th"),
        ("\u0e49saraban@bansang.go.th", "saraban@bansang.go.th"),
        ("mailto:saraban@bansang.go.th", "saraban@bansang.go.th"),
        ("<saraban@bansang.go.th>", "saraban@bansang.go.th"),
        ("saraban@bansang.go.th;", "saraban@bansang.go.th"),
        ("๖๓๐๐๐๐๐@dla.example", "6300000@dla.example"),
        ("a.b_c+d-e@x-y.co.th", "a.b_c+d-e@x-y.co.th"),
    ],
)
def test_an_address_is_read_without_its_dirt(typed: str, email: str) -> None:
    assert parse_email(typed) == email


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "blank"),
        ("-", "at_sign"),
        ("www.bansang.go.th", "at_sign"),
        ("a@x.go.th, b@x.go.th", "at_sign"),
        ("sara ban@bansang.go.th", "space"),
        ("สารบรรณ@bansang.go.th", "thai"),
        ("saraban@bansang,go.th", "comma"),
        ("www.bansang@hotmail.com", "www"),
        ("saraban@bansang", "domain"),
        ("saraban@go.th", "domain"),
        ("saraban@-bansang.go.th", "domain"),
        ("saraban@bansang..go.th", "domain"),
        ("sara..ban@bansang.go.th", "local"),
        ("@bansang.go.th", "local"),
        ("a" * 65 + "@bansang.go.th", "local"),
        ("a@" + "b" * 260 + ".th", "too_long"),
    ],
)
def test_what_is_no_mailbox_is_refused(typed: str, code: str) -> None:
    with pytest.raises(NotAnEmail) as refused:
        parse_email(typed)
    assert refused.value.code == code
    assert speaks_thai(refused.value)


@given(st.text(max_size=60) | st.emails())
def test_any_text_is_read_or_refused_in_thai(text: str) -> None:
    read = value_or_refusal(parse_email, text)
    if isinstance(read, Refusal):
        assert speaks_thai(read)
    else:
        assert parse_email(read) == read
