"""Files that are no tables, or cannot be read: one sentence each, saying how to go on."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import openpyxl
import pytest

from importers.reading import UnreadableFile, open_book
from tests.importers.cellbook import build

FILES = Path(__file__).parent / "files"
OLE = bytes.fromhex("D0CF11E0A1B11AE1")


def archive(**parts):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name, content in parts.items():
            file.writestr(name.replace("__", "/"), content)
    return made.getvalue()


def xls():
    return (FILES / "格子.xls").read_bytes()


def renamed_stream(name):
    """An OLE file whose workbook stream has another name, as Word's and an encrypted workbook's have."""
    old, new = "Workbook".encode("utf-16-le"), name.encode("utf-16-le")
    data = bytearray(xls())
    entry = data.index(old)
    data[entry : entry + 64] = new.ljust(64, b"\0")
    data[entry + 64 : entry + 66] = (len(new) + 2).to_bytes(2, "little")
    return bytes(data)


def with_password():
    """An .xls whose first setting is replaced by the record that says it is encrypted (FILEPASS)."""
    data = xls()
    at = data.index(b"\x42\x00\x02\x00")
    return data[:at] + b"\x2f\x00" + data[at + 2 :]


CASES = [
    ("空.xlsx", b"", "是空文件"),
    ("空白.csv", b" \r\n\r\n", "是空文件"),
    ("全零.xls", bytes(4096), "是空文件"),
    ("名录.et", b"\x01\x00\x02ET\x00", "WPS 表格自己的格式（.et），请先在 WPS 中另存为 .xlsx 再导入"),
    ("名录.et", xls(), "WPS 表格自己的格式（.et），请先在 WPS 中另存为 .xlsx 再导入"),
    ("报告.wps", OLE + bytes(600), "不完整或已损坏"),
    ("报告.wps", renamed_stream("WordDocument"), "是 WPS 文字文档（.wps），请先在 WPS 中"),
    ("报告.doc", renamed_stream("WordDocument"), "不是表格"),
    (
        "加密.xlsx",
        renamed_stream("EncryptedPackage"),
        "有打开密码，请在 Excel 或 WPS 中输入密码打开，去掉密码后另存再导入",
    ),
    ("加密.xls", with_password(), "有打开密码"),
    (
        "导出.xls",
        b"\xef\xbb\xbf\r\n<HTML><body><table><tr><td>1</td></tr></table>",
        "其实是网页（系统导出的“假 Excel”），请在 Excel 或 WPS",
    ),
    (
        "导出.xls",
        b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>',
        "其实是 XML 文件，请在 Excel 或 WPS",
    ),
    (
        "老.xls",
        b"\x09\x02\x06\x00\x00\x00\x10\x00",
        "很旧的 Excel 格式，请在 Excel 或 WPS 表格中打开它，另存为 .xlsx 再导入",
    ),
    ("扫描.pdf", b"%PDF-1.7 ...", "是 PDF 文件，不是表格"),
    ("照片.xlsx", b"\xff\xd8\xff\xe0JFIF", "是图片，不是表格"),
    ("资料.zip", archive(a="b"), "是压缩包，不是表格"),
    ("报告.docx", archive(word__document="<x/>"), "是 Word 或演示文稿，不是表格"),
    ("乱.dat", b"\x00\x01\x02\x03", "不是认识的表格文件"),
]


@pytest.mark.parametrize(
    ("name", "content", "sentence"), CASES, ids=lambda value: value if isinstance(value, str) else ""
)
def test_refused_with_a_sentence(tmp_path, name, content, sentence):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnreadableFile) as refused:
        open_book(path)
    assert str(refused.value).startswith(f"“{name}”")
    assert sentence in str(refused.value)
    assert "\n" not in str(refused.value)


def test_folder_and_missing_file(tmp_path):
    with pytest.raises(UnreadableFile, match="是文件夹，请选择里面的表格文件"):
        open_book(tmp_path)
    with pytest.raises(UnreadableFile, match=r"找不到“.*没有\.xlsx”，请检查文件是否已移走"):
        open_book(tmp_path / "没有.xlsx")


def test_half_a_download(tmp_path):
    whole = build(tmp_path / "a.xlsx").read_bytes()
    (tmp_path / "名录.xlsx").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(UnreadableFile, match=r"“名录\.xlsx”不完整或已损坏，请重新复制或下载"):
        open_book(tmp_path / "名录.xlsx")


def test_flipped_byte_in_the_sheet_is_noticed(tmp_path):
    book = openpyxl.Workbook()
    for number in range(200):
        book.active.append([f"第{number}公司", number])
    book.save(tmp_path / "a.xlsx")
    data = bytearray((tmp_path / "a.xlsx").read_bytes())
    with zipfile.ZipFile(tmp_path / "a.xlsx") as file:
        part = file.getinfo("xl/worksheets/sheet1.xml")
    data[part.header_offset + 30 + len(part.filename) + part.compress_size // 2] ^= 0x5A
    (tmp_path / "a.xlsx").write_bytes(data)
    with pytest.raises(UnreadableFile, match="不完整或已损坏"):
        open_book(tmp_path / "a.xlsx").grid("Sheet")


@pytest.mark.parametrize("kind", ["xls", "ods", "xlsx"])
def test_broken_files_never_end_in_another_error(tmp_path, kind, capfd):
    """Damaged at random, a file is either read or refused with a sentence."""
    whole = build(tmp_path / "a.xlsx").read_bytes() if kind == "xlsx" else (FILES / f"格子.{kind}").read_bytes()
    dice = random.Random(kind)
    refused = 0
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(dice.choice((1, 5, 50))):
            data[dice.randrange(len(data))] = dice.randrange(256)
        path = tmp_path / f"坏.{kind}"
        path.write_bytes(data[: dice.choice((len(data), len(data) // 2, len(data) - 7))])
        try:
            book = open_book(path)
            for sheet in book.sheets:
                book.grid(sheet.name)
        except UnreadableFile:
            refused += 1
    assert refused > 20
    capfd.readouterr()  # calamine's Rust prints where it stumbled
