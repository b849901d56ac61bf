from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.csvtext import decode, read_table

TEXT = "企业名称,营业收入\r\n甲公司,12\r\n"
CHARACTERS = "甲乙丙企业一𠮷㐱龘Aa1.-；、（）“”'éЖ€㎡　 "
ROWS = [["企业名称", "营业收入"], ["甲公司", "12"]]


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("gbk"),
        TEXT.encode("gb18030"),
        TEXT.encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.replace(",", "\t").encode("gbk"),
        TEXT.replace(",", ";").encode(),
        TEXT.replace(",", "|").encode(),
        TEXT.replace(",", "，").encode(),
        TEXT.replace("\r\n", "\n").encode(),
        TEXT.replace("\r\n", "\r").encode(),
        TEXT.replace("甲公司", '"甲公司"').encode("gbk"),
    ],
    ids=[
        "utf-8",
        "utf-8 with mark",
        "gbk",
        "gb18030",
        "utf-16",
        "utf-16 be",
        "tab",
        "semicolon",
        "bar",
        "full-width comma",
        "lf",
        "cr",
        "quoted",
    ],
)
def test_code_pages_and_separators(data):
    table = read_table(data)
    assert table.rows == ROWS
    assert table.notes == ()


def test_characters_only_gb18030_has():
    assert read_table("姓名,镇\n㐱某,𠮷镇\n".encode("gb18030")).rows[1] == ["㐱某", "𠮷镇"]


def test_quotes_line_breaks_and_separators_inside_cells():
    rows = read_table('企业名称,地址,备注\n"甲,公司","工业路\n1号","他说""好"""\n'.encode()).rows
    assert rows == [["企业名称", "地址", "备注"], ["甲,公司", "工业路\n1号", '他说"好"']]


def test_short_rows_are_padded_and_blank_lines_keep_their_number():
    assert read_table(b"a,b,c\n\n1\n2,3,4,5\n").rows == [
        ["a", "b", "c", ""],
        ["", "", "", ""],
        ["1", "", "", ""],
        ["2", "3", "4", "5"],
    ]


def test_title_lines_do_not_decide_the_separator():
    rows = read_table(
        "园区企业名录；单位：万元\n企业名称\t行业,类别\t收入\n甲\t电子,一\t1\n乙\t化工,二\t2\n".encode()
    ).rows
    assert rows[1] == ["企业名称", "行业,类别", "收入"]


def test_leading_zeros_kept_as_a_formula():
    assert read_table('代码,名称\n="000012",南玻\n'.encode()).rows[1] == ["000012", "南玻"]


def test_unpaired_quote_does_not_swallow_the_file():
    table = read_table('名称,口径\n甲,"5寸\n乙,6\n'.encode())
    assert table.rows[1:] == [["甲", '"5寸'], ["乙", "6"]]
    assert "引号不成对" in table.notes[0]


def test_stray_bytes_are_replaced_and_told():
    line = "万".encode("gbk") + b"\xa0 " + "科".encode("gbk")
    text, notes = decode("代码,名称\n".encode("gbk") + b"2," + line + b"\n3,\xff,x\n")
    assert text == "代码,名称\n2,万\xa0 科\n3,\ufffd,x\n"
    assert notes == ["有 2 个字节不是 GBK 文字（第 2、3 行），0xA0 按空格读入，其余以“�”代替，请核对"]


def test_a_broken_byte_does_not_turn_utf8_into_gbk():
    text, notes = decode("企业名称,营业收入,利润总额\n甲公司,".encode() + b"\xb9" + b",1\n")
    assert text == "企业名称,营业收入,利润总额\n甲公司,\ufffd,1\n"
    assert notes[0].startswith("有 1 个字节不是 UTF-8 文字（第 2 行）")


def test_many_stray_lines_are_summed_up():
    _, notes = decode("名称\n".encode("gbk") + b"\xff\n" * 30)
    assert "有 30 个字节" in notes[0]
    assert "10、11 等 行" in notes[0]


@given(
    st.lists(
        st.lists(st.text(CHARACTERS, max_size=6), min_size=2, max_size=4),
        min_size=1,
        max_size=5,
    ),
    st.sampled_from(["utf-8-sig", "gb18030"]),
)
def test_decoding_loses_no_text(rows, encoding):
    text = "企业名称,统一社会信用代码,注册地址,联系人,行业\n" + "\n".join(",".join(row) for row in rows)
    assert decode(text.encode(encoding)) == (text, [])


@given(st.binary(max_size=200))
def test_any_bytes_give_some_text(data):
    text, notes = decode(data)
    assert ("\ufffd" in text) <= bool(notes) or "\ufffd".encode() in data or "\ufffd".encode("gb18030") in data
