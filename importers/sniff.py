"""What a file really is, by its content: a name's ending may lie. A file that cannot be read gets one sentence."""

from __future__ import annotations

import codecs
import io
import struct
import zipfile
from pathlib import Path

from olefile import OleFileIO  # type: ignore[import-untyped]

BROKEN = (
    OSError,
    ValueError,
    LookupError,
    ArithmeticError,
    TypeError,
    struct.error,
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
)
SAVE_AS = "请在 Excel 或 WPS 表格中打开它，另存为 .xlsx 再导入"
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_OLD_EXCEL = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")  # Excel 2, 3, 4
_OTHER = {
    b"%PDF": " PDF 文件",
    b"{\\rtf": "文字文档",
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
    b"GIF8": "图片",
    b"BM": "图片",
    b"Rar!": "压缩包，请先解压",
    b"7z\xbc\xaf": "压缩包，请先解压",
    b"\x1f\x8b": "压缩包，请先解压",
}
_WPS_TABLE = {".et", ".ett"}
_WPS_TEXT = {".wps", ".wpt"}


class UnreadableFile(Exception):
    """A file that is no table or cannot be read; the message is one Chinese sentence that tells how to go on."""


def load(path: Path) -> bytes:
    """The file's bytes. Raises :class:`UnreadableFile`."""
    name = path.name or str(path)
    if path.is_dir():
        raise UnreadableFile(f"“{name}”是文件夹，请选择里面的表格文件")
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise UnreadableFile(f"找不到“{path}”，请检查文件是否已移走、改名，或 U 盘是否已拔出") from None
    except PermissionError:
        raise UnreadableFile(f"“{name}”打不开，可能正被其他程序独占，请先关闭它再导入") from None
    except OSError as error:
        raise UnreadableFile(f"“{name}”读不出来（{error.strerror}），请把它复制到本机硬盘再导入") from None
    if not data.strip(b"\0 \r\n\t"):
        raise UnreadableFile(f"“{name}”是空文件，里面没有内容，请重新复制或请对方重新发一份")
    return data


def kind_of(data: bytes, path: Path) -> str:
    """``xlsx``, ``xlsb``, ``xls``, ``ods`` or ``csv``. Raises :class:`UnreadableFile` for everything else."""
    name, suffix = path.name, path.suffix.lower()
    if data.startswith(b"PK\x03\x04"):
        return _zip_kind(data, name)
    if data.startswith(_OLE):
        return _ole_kind(data, name, suffix)
    if data.startswith(_OLD_EXCEL):
        raise UnreadableFile(f"“{name}”是很旧的 Excel 格式，{SAVE_AS}")
    for start, what in _OTHER.items():
        if data.startswith(start):
            raise UnreadableFile(f"“{name}”是{what}，不是表格，请选择 Excel、WPS 或 CSV 表格文件")
    head = data[:4096]
    if b"\0" in head and not head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise _wps(name, suffix) or UnreadableFile(f"“{name}”不是认识的表格文件，{SAVE_AS}")
    _refuse_markup(head.lstrip(codecs.BOM_UTF8).lstrip().lower(), name)
    return "csv"


def _wps(name: str, suffix: str) -> UnreadableFile | None:
    if suffix in _WPS_TABLE:
        return UnreadableFile(f"“{name}”是 WPS 表格自己的格式（{suffix}），请先在 WPS 中另存为 .xlsx 再导入")
    if suffix in _WPS_TEXT:
        return UnreadableFile(
            f"“{name}”是 WPS 文字文档（{suffix}），请先在 WPS 中把其中的表格复制到表格文件，另存为 .xlsx 再导入"
        )
    return None


def _zip_kind(data: bytes, name: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = set(archive.namelist())
            typed = archive.read("mimetype") if "mimetype" in parts else b""
    except BROKEN:
        raise damaged(name) from None
    if "xl/workbook.bin" in parts:
        return "xlsb"
    if "xl/workbook.xml" in parts or ({"[Content_Types].xml", "_rels/.rels"} <= parts and not _is_other_office(parts)):
        return "xlsx"
    if b"opendocument.spreadsheet" in typed:
        return "ods"
    what = " Word 或演示文稿" if _is_other_office(parts) or typed else "压缩包"
    raise UnreadableFile(f"“{name}”是{what}，不是表格，请选择（或先解压出）Excel、WPS 或 CSV 表格文件")


def _is_other_office(parts: set[str]) -> bool:
    return any(part.startswith(("word/", "ppt/")) for part in parts)


def _ole_kind(data: bytes, name: str, suffix: str) -> str:
    try:
        with OleFileIO(io.BytesIO(data)) as file:
            streams = {path[0] for path in file.listdir()}
    except BROKEN:
        raise damaged(name) from None
    if "EncryptedPackage" in streams:
        raise locked(name)
    if refusal := _wps(name, suffix):
        raise refusal
    if streams & {"Workbook", "Book"}:
        return "xls"
    raise UnreadableFile(f"“{name}”是文字文档或别的 Office 文件，不是表格，请选择 Excel、WPS 或 CSV 表格文件")


def _refuse_markup(head: bytes, name: str) -> None:
    """Web systems export HTML or XML under the name .xls; Excel opens it, and can save it as a real workbook."""
    if (
        head.startswith((b"<!doctype html", b"<html", b"<head", b"<meta", b"<table", b"<style", b"<div", b"<script"))
        or b"<html" in head
    ):
        raise UnreadableFile(f"“{name}”其实是网页（系统导出的“假 Excel”），{SAVE_AS}")
    if head.startswith((b"<?xml", "<?xml".encode("utf-16"))):
        raise UnreadableFile(f"“{name}”其实是 XML 文件，{SAVE_AS}")


def damaged(name: str) -> UnreadableFile:
    """The refusal of a file that is cut off or broken."""
    return UnreadableFile(
        f"“{name}”不完整或已损坏，请重新复制或下载；若 Excel 或 WPS 能修复打开，请另存为 .xlsx 再导入"
    )


def locked(name: str) -> UnreadableFile:
    """The refusal of a file that needs a password."""
    return UnreadableFile(f"“{name}”有打开密码，请在 Excel 或 WPS 中输入密码打开，去掉密码后另存再导入")
