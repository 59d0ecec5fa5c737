"""Web addresses: real-shaped values of the register, repaired or refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from localgov.lib.refusals import Refusal
from localgov.lib.urls import NotAWebAddress, Reason, WebAddress, parse_web_address
from tests.lib import real_data
from tests.lib.readers import speaks_thai, value_or_refusal


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("http://www.bansang.go.th/", "http://www.bansang.go.th/"),
        ("https://bansang.go.th", "https://bansang.go.th/"),
        ("www.bansang.go.th", "http://www.bansang.go.th/"),
        ("bansang.go.th", "http://bansang.go.th/"),
        ("  www.bansang.go.th\t", "http://www.bansang.go.th/"),
        ("\ufeffwww.bansang.go.th\u200b", "http://www.bansang.go.th/"),
        ("WWW.BanSang.GO.TH", "http://www.bansang.go.th/"),
        ("\u0e49http://www.bansang.go.th", "http://www.bansang.go.th/"),
        ("\u0e49\u0e49\u0e48http://bansang.go.th", "http://bansang.go.th/"),
        ("\u0e37bansang.go.th", "http://bansang.go.th/"),
        ("\u0e34\u0e34\u0e3abansang.go.th", "http://bansang.go.th/"),
        ("http//www.bansang.go.th", "http://www.bansang.go.th/"),
        ("\u0e49https//www.bansang.go.th", "https://www.bansang.go.th/"),
        ("http:/www.bansang.go.th", "http://www.bansang.go.th/"),
        ("https:/bansang.go.th/", "https://bansang.go.th/"),
        ("http:www.bansang.go.th", "http://www.bansang.go.th/"),
        ("http: //www.bansang.go.th", "http://www.bansang.go.th/"),
        ("http:\\\\www.bansang.go.th", "http://www.bansang.go.th/"),
        ("www,bansang.go.th", "http://www.bansang.go.th/"),
        ("www.http://www.bansang.go.th/", "http://www.bansang.go.th/"),
        ("http://https://bansang.go.th/", "https://bansang.go.th/"),
        (".https://bansang.go.th/", "https://bansang.go.th/"),
        ("www..bansang..go.th", "http://www.bansang.go.th/"),
        ("www.bansang.go.th.", "http://www.bansang.go.th/"),
        ('"http://www.example.com/bansang/index.php"', "http://www.example.com/bansang/index.php"),
        ("www.bansang๒.go.th", "http://www.bansang2.go.th/"),
        ("http://bansang.go.th:80/a", "http://bansang.go.th/a"),
        ("bansang.go.th:8080", "http://bansang.go.th:8080/"),
        ("https://bansang.go.th?page=1#top", "https://bansang.go.th/?page=1#top"),
        ("https://bansang.go.th/mail?to=a@b.go.th", "https://bansang.go.th/mail?to=a@b.go.th"),
        ("https://www.facebook.com/อบต", "https://www.facebook.com/%E0%B8%AD%E0%B8%9A%E0%B8%95"),
        ("https://bansang.go.th/%E0%B8%AD", "https://bansang.go.th/%E0%B8%AD"),
        ("http://203.0.113.7/obt", "http://203.0.113.7/obt"),
        ("http://ทดสอบ.ไทย", "http://xn--l3cfk7dp.xn--o3cw4h/"),
        ("www.เทศบาล.com", "http://www.xn--o3cg7ak5c9d.com/"),
    ],
)
def test_an_address_that_reads_one_way_survives(typed: str, url: str) -> None:
    address = parse_web_address(typed)
    assert address.url == url
    assert str(address) == url


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", Reason.BLANK),
        (' "" ', Reason.BLANK),
        ("-", Reason.PLACEHOLDER),
        (".", Reason.PLACEHOLDER),
        ("ไม่มี", Reason.PLACEHOLDER),
        ("N/A", Reason.PLACEHOLDER),
        ("http://", Reason.PLACEHOLDER),
        ('"www', Reason.NO_DOT),
        ("bansang001@bansang.go.th", Reason.EMAIL),
        ("www.bansang@hotmail.com", Reason.EMAIL),
        ("\u0e37bansang61@gmail.com", Reason.EMAIL),
        ("Id:bansang@outlook.co.th", Reason.EMAIL),
        ("http://user:secret@bansang.go.th", Reason.EMAIL),
        ("www.Khlongphon go.th", Reason.SPACE),
        ("www. bansang.go.th", Reason.SPACE),
        ("http s://www.bansang.go.th", Reason.SPACE),
        ("Ban Sang Subdistrict Municipality Office", Reason.SPACE),
        ("เทศบาลตำบลบ้านสร้าง", Reason.THAI_NAME),
        ("อบต.บ้านสร้าง", Reason.THAI_NAME),
        ("งานประชาสัมพันธ์ อบต.บ้านสร้าง จ.ปราจีนบุรี", Reason.THAI_NAME),
        ("http://www.bansang.go.th  องค์การบริหารส่วนตำบลบ้านสร้าง", Reason.THAI_NAME),
        ("พพพ.bansang.go.th", Reason.THAI_NAME),
        ("ไไไ.bansang.go.th", Reason.THAI_NAME),
        ("www.ban\u0e35sang.go.th", Reason.THAI_NAME),
        ("www.\u0e30bansang.go.th", Reason.THAI_NAME),
        ("hattp://www.bansang.go.th", Reason.SCHEME),
        ("htt://bansang.go.th", Reason.SCHEME),
        ("ftp://bansang.go.th", Reason.SCHEME),
        ("javascript:alert(1)", Reason.SCHEME),
        ("www//bansang.go.th", Reason.SCHEME),
        ("bansang", Reason.NO_DOT),
        ("www.bansang", Reason.NO_DOT),
        ("www.bansang.", Reason.NO_DOT),
        ("www'bansang.go.th", Reason.HOST),
        ("www.ban_sang.go.th", Reason.HOST),
        ("www.bansang>go.th", Reason.HOST),
        ("www.-bansang.go.th", Reason.HOST),
        ("www.bansang.go", Reason.HOST),
        ("WWW.BANSANG.GOTH", Reason.HOST),
        ("bansang.12", Reason.HOST),
        ("http://300.1.1.1/", Reason.HOST),
        ("http://bansang.go.th:99999", Reason.PORT),
        ("http://bansang.go.th:abc", Reason.PORT),
        ("http://bansang.go.th/a b", Reason.PATH),
        ('http://bansang.go.th/"><script>', Reason.PATH),
        ("http://bansang.go.th/" + "a" * 1000, Reason.TOO_LONG),
        (".".join(["a" * 60] * 5) + ".go.th", Reason.TOO_LONG),
    ],
)
def test_what_is_no_address_is_refused_by_its_reason(typed: str, reason: Reason) -> None:
    with pytest.raises(NotAWebAddress) as refused:
        parse_web_address(typed)
    assert refused.value.reason is reason
    assert refused.value.code == reason.value
    assert speaks_thai(refused.value)


def test_the_sentence_offers_the_missing_end() -> None:
    with pytest.raises(NotAWebAddress, match=r"“www\.bansang\.go\.th”"):
        parse_web_address("www.bansang.go")


def test_the_host_stands_apart() -> None:
    assert parse_web_address("HTTPS://WWW.Bansang.go.th:8443/x") == WebAddress(
        url="https://www.bansang.go.th:8443/x", host="www.bansang.go.th"
    )


labels = st.from_regex(r"\A[a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?\Z")


@given(labels, st.sampled_from(["go.th", "or.th", "com"]), st.sampled_from(["http", "https"]), st.text(max_size=20))
def test_a_read_address_reads_the_same_again(name: str, suffix: str, scheme: str, path: str) -> None:
    read = value_or_refusal(parse_web_address, f"{scheme}://{name}.{suffix}/{path}")
    if not isinstance(read, Refusal):
        assert parse_web_address(read.url) == read
        assert read.url.isascii()


@given(st.text(max_size=60) | st.text(alphabet="htps:/w.@ ก-,้a1", max_size=30))
def test_any_text_is_read_or_refused_in_thai(text: str) -> None:
    read = value_or_refusal(parse_web_address, text)
    assert speaks_thai(read) if isinstance(read, Refusal) else read.url.startswith("http")


def test_the_real_register_keeps_every_address_and_refuses_the_rest() -> None:
    typed = [row["website"] for row in real_data.rows("dla_register.csv") if row["website"].strip()]
    refused = [text for text in typed if isinstance(value_or_refusal(parse_web_address, text), Refusal)]
    assert 100 <= len(refused) <= 190
    plain = [
        text
        for text in typed
        if text.startswith(("http://www.", "https://www.")) and text.rstrip("/").endswith(".go.th")
    ]
    assert len(plain) > 500
    assert sum(isinstance(value_or_refusal(parse_web_address, text), WebAddress) for text in plain) > len(plain) - 5


def test_nearly_every_address_that_looks_valid_survives() -> None:
    known = [row["website"] for row in real_data.rows("lao_registry.csv") if row["website"].strip()]
    refused = [text for text in known if isinstance(value_or_refusal(parse_web_address, text), Refusal)]
    assert len(known) > 3_000
    assert len(refused) <= 3  # a label that begins with a dash, a name without its end, .goth
