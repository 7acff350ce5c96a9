"""Encodings of feeds and pages: what is declared, what is true, and what is broken."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newstui.text.charset import Decoded, codec_of, declared_in, decode

CHINESE = (
    "近日,市委召开党的群团工作会议,深入贯彻落实中央、省委党的群团工作会议精神,进一步加强和改进新形势下党对群团组织的领导。"
    "新都区大丰街道结合辖区城市化进程加快、常住人口增加、服务管理难度大等特点,积极创新工作思路。"
)
TAIWAN = (
    "台北市政府今天宣布,為了讓市民在這個週末能夠參加活動,將會開放更多的場地,並且提供學生車票的優惠,歡迎大家一起來。"
)
RUSSIAN = "Сегодня в городе открылась новая библиотека, сообщает пресс-служба мэрии."


@pytest.mark.parametrize(
    "codec", ["utf-8", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig"]
)
@pytest.mark.parametrize("head", ["", "<?xml version='1.0'?>\n<rss>", "<html>\n"])
def test_undeclared_chinese_is_read(codec: str, head: str) -> None:
    if codec in ("utf-16-le", "utf-16-be") and not head:
        head = "title: local news\n" * 3
    assert decode((head + CHINESE).encode(codec)).text == head + CHINESE


@pytest.mark.parametrize("label", ["big5", "Big5-HKSCS", "x-x-big5", ""])
def test_big5_is_read(label: str) -> None:
    assert decode(TAIWAN.encode("big5"), label) == decode(TAIWAN.encode("big5"))
    assert decode(TAIWAN.encode("big5"), label).text == TAIWAN


@pytest.mark.parametrize(
    ("data", "label", "text"),
    [
        ("啫喱嚟咗".encode("big5hkscs"), "big5-hkscs", "啫喱嚟咗"),
        (b"\xa3\xe1 \xc6\xd5 \xa1\x45 \xf9\xd6", "big5", "€ 癶 ‧ 碁"),
        ("ニュースを読む".encode("euc_jp"), "EUC-JP", "ニュースを読む"),
        ("ニュースを読む".encode("cp932"), "shift_jis", "ニュースを読む"),
        ("ニュースを読む".encode("iso2022_jp"), "iso-2022-jp", "ニュースを読む"),
        ("지역 뉴스".encode("cp949"), "ks_c_5601-1987", "지역 뉴스"),
        (RUSSIAN.encode("cp1251"), "windows-1251", RUSSIAN),
        (RUSSIAN.encode("koi8-r"), "koi8-r", RUSSIAN),
        ("中国".encode("hz"), "hz-gb-2312", "中国"),
        (b"it\x92s caf\xe9", "iso-8859-1", "it’s café"),
        ("naïve café".encode("latin-1"), "", "naïve café"),
        (b"\x80\xd6\xd0\xb9\xfa", "gbk", "€中国"),
        (b"\xa8\xbc\xa6\xd9\xd6\xd0", "gb2312", "ḿ︐中"),
        ("联通".encode("gbk"), "gb2312", "联通"),
        ("\U00020087𠮷".encode("gb18030"), "gb2312", "\U00020087𠮷"),
    ],
)
def test_declared_encodings_are_read(data: bytes, label: str, text: str) -> None:
    assert decode(data, label).text == text


@pytest.mark.parametrize(
    "label", ["iso-8859-1", "big5", "utf-8", "windows-1251", "base64", "zip", "nonsense-99", "utf-16"]
)
def test_a_lying_label_does_not_spoil_chinese(label: str) -> None:
    assert decode(CHINESE.encode("gbk"), label).text == CHINESE
    assert decode(CHINESE.encode("utf-8"), label).text == CHINESE
    if label != "big5":
        assert decode(TAIWAN.encode("big5"), label).text == TAIWAN


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "big5"])
@pytest.mark.parametrize("label", [True, False])
@pytest.mark.parametrize("junk", [b"\xff", b"\xff\xff", b"\x81\x0a", b"\xfe<"])
def test_a_broken_byte_costs_itself_only(codec: str, label: bool, junk: bytes) -> None:
    text = TAIWAN if codec == "big5" else CHINESE
    data = text.encode(codec)
    read = decode(data + b"\n" + junk + b"\n" + data, codec if label else "")
    assert read.encoding == codec
    assert read.text.startswith(text + "\n")
    assert read.text.endswith("\n" + text)
    assert 1 <= read.text.count("\ufffd") <= 2


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        ("오늘 서울에서는 새로운 도서관이 문을 열었다고 시청이 밝혔다. 많은 시민들이 찾았다.", "cp949"),
        ("今日、東京で新しい図書館がオープンしました。たくさんの人がここに集まりました。", "euc_jp"),
        ("今日、東京で新しい図書館がオープンしました。たくさんの人がここに集まりました。", "cp932"),
        ("วันนี้มีการเปิดห้องสมุดแห่งใหม่ในกรุงเทพมหานคร", "cp874"),
        ("היום נפתחה בעיר ספרייה חדשה, כך נמסר מהעירייה. תושבים רבים הגיעו לטקס", "cp1255"),
        ("simulações de 2º turno, Líder na pesquisa", "cp1252"),
    ],
)
def test_other_scripts_are_told_by_their_letters(text: str, codec: str) -> None:
    assert decode(text.encode(codec)) == Decoded(text, codec)


@pytest.mark.parametrize(
    "text", ["<title>郫县</title>", "<b>国</b>", "郫县犀浦镇龘靐", "王宏斌方正行艾志秋田野伍本康刘仆刘航刘淑华孙波李彬"]
)
def test_rare_hanzi_and_names_are_still_chinese(text: str) -> None:
    assert decode(text.encode("gb18030")).text == text


@pytest.mark.parametrize("codec", ["gb18030", "big5"])
def test_half_a_character_does_not_eat_the_end_of_its_section(codec: str) -> None:
    text = TAIWAN if codec == "big5" else CHINESE
    data = b"<title><![CDATA[" + text.encode(codec)[:-1] + b"]]></title>"
    assert decode(data, codec).text == f"<title><![CDATA[{text[:-1]}\ufffd]]></title>"


def test_a_cut_file_keeps_its_encoding() -> None:
    for codec in ("utf-8", "gb18030"):
        for cut in range(1, 3):
            read = decode(CHINESE.encode(codec)[:-cut])
            assert read.encoding == codec
            assert read.text[:-2] == CHINESE[: len(read.text) - 2]


def test_a_mark_that_lies_is_passed_over() -> None:
    assert decode(b"\xef\xbb\xbf" + CHINESE.encode("gbk")).text == CHINESE


@pytest.mark.parametrize(
    ("data", "label"),
    [
        (b'<?xml version="1.0" encoding="gb2312"?><rss/>', "gb2312"),
        (b"<?xml version='1.0'   encoding = 'Big5' standalone='yes'?>", "Big5"),
        ('<?xml version="1.0" encoding="utf-16"?>'.encode("utf-16"), "utf-16"),
        (b"<html><head><META charset=gbk>", "gbk"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=gb2312" />', "gb2312"),
        (b'<!-- <meta charset="big5"> --><meta name=a><meta charset="utf-8">', "utf-8"),
        (b"<rss><title>encoding='x'</title></rss>", ""),
        (b"", ""),
    ],
)
def test_the_documents_own_declaration_is_found(data: bytes, label: str) -> None:
    assert declared_in(data) == label


@pytest.mark.parametrize(
    "label",
    [
        *("", "base64", "zip", "rot13", "hex", "idna", "punycode", "unicode_escape", "undefined", "utf-7", "utf-16"),
        *("no-such", "a\x00b", "x" * 500, "../../os", "编码", "raw-unicode-escape", "uu", "bz2"),
    ],
)
def test_labels_that_name_no_text_encoding_are_not_used(label: str) -> None:
    assert codec_of(label) == ""
    assert decode(CHINESE.encode("gbk"), label).text == CHINESE


@pytest.mark.parametrize(
    ("label", "codec"),
    [("GB2312", "gb18030"), ("gb_2312-80", "gb18030"), ("x-gbk", "gb18030"), ("'utf-8'", "utf-8"), ("Latin1", "cp1252"),
     ("iso-8859-15", "iso8859_15"), ("KOI8-R", "koi8_r"), ("ISO_8859-1", "cp1252"), ("utf_8", "utf-8")],
)  # fmt: skip
def test_labels_lead_to_their_codec(label: str, codec: str) -> None:
    assert codec_of(label) == codec


@given(
    st.binary(max_size=400), st.sampled_from(["", "gb2312", "big5", "utf-8", "euc-jp", "hz", "cp1252", "utf-16", "x"])
)
def test_no_bytes_crash_the_decoder(data: bytes, label: str) -> None:
    decode(data, label).text.encode("utf-8")


@given(
    st.text(alphabet=st.characters(min_codepoint=0x20, max_codepoint=0x2FFFF, exclude_categories=["Cs", "Co", "Cn"]))
)
def test_utf8_always_comes_back(text: str) -> None:
    assert decode(text.encode("utf-8")).text == text


@pytest.mark.corpora
def test_legacy_feeds_are_read_whole_with_and_without_their_declaration(corpora: Path) -> None:
    files = sorted((corpora / "cnfeeds" / "legacy-encoding").glob("*/*"))
    assert files
    for file in files:
        data = file.read_bytes()
        expected = {"gb": "gb18030", "big5": "big5"}[file.parent.name]
        bare = data.replace(b"encoding=", b"encodimg=").replace(b"charset=", b"charsed=")
        for read in (decode(data), decode(data, "iso-8859-1"), decode(bare)):
            assert (file.name, read.encoding) == (file.name, expected)
            assert "\ufffd" not in read.text
            assert not any("\ue000" <= char <= "\uf8ff" for char in read.text), file.name
