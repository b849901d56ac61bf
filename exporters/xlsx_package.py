"""An .xlsx file as its parts: what is not replaced is written back byte for byte (asks 64).

An .xlsx is a zip of XML parts tied together by relationships (ECMA-376 part 2). openpyxl rebuilds the whole file from
what it understands and loses the rest; here a part is touched only when something in it must change.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from lxml import etree

Element: TypeAlias = Any  # lxml ships no types

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
X14 = "http://schemas.microsoft.com/office/excel/2006/main"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"

WORKSHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
LARGEST = 1 << 30  # bytes once unpacked; a return of 5,000 enterprises has about 2 % of this
_NEW_PART_TIME = (1980, 1, 1, 0, 0, 0)


class WorkbookFault(ValueError):
    """A workbook that cannot be read, filled or sealed; the message is one Chinese sentence with the way on."""


@dataclass(frozen=True, slots=True)
class Relation:
    """One relationship of a part: its id, the last word of its type, and the part it leads to ("" if outside)."""

    id: str
    kind: str
    target: str


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One sheet of the workbook: name on its tab, the part that holds it, whether a person sees it, its kind."""

    name: str
    part: str
    visible: bool
    is_worksheet: bool


def main_tag(name: str) -> str:
    """Name an element of SpreadsheetML as lxml writes it."""
    return f"{{{MAIN}}}{name}"


def local_name(element: Element) -> str:
    """Give an element's name without its namespace; "" for comments and processing instructions."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def parse(xml: bytes) -> Element:
    """Parse one part; entities stay unresolved. Raises WorkbookFault when it is not well-formed."""
    try:
        return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, strip_cdata=False))
    except etree.XMLSyntaxError as error:
        raise WorkbookFault("工作簿里有一部分已损坏，请用 Excel 或 WPS 打开后另存一份 .xlsx 再用。") from error


def serialise(root: Element) -> bytes:
    """Write one part as Excel does: UTF-8, standalone."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


class Package:
    """The parts of one .xlsx file, in the file's own order."""

    def __init__(self, content: bytes) -> None:
        if content[:4] == b"\xd0\xcf\x11\xe0":
            raise WorkbookFault("这份工作簿加了密码，或是旧版 .xls；请去掉密码，另存为 .xlsx 再用。")
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                infos = archive.infolist()
                if sum(info.file_size for info in infos) > LARGEST:
                    raise WorkbookFault("这份工作簿展开后超过 1 GB，不像是上报表，没有打开。")
                self.parts: dict[str, bytes] = {info.filename: archive.read(info) for info in infos}
        except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError) as error:
            raise WorkbookFault("这份文件不是完好的 .xlsx 工作簿，请用 Excel 或 WPS 打开后另存一份。") from error
        self._infos = {info.filename: info for info in infos}
        self.book = next((r.target for r in self.relations("") if r.kind == "officeDocument"), "")
        if self.book not in self.parts:
            raise WorkbookFault("这份文件里没有工作簿，请用 Excel 或 WPS 另存为普通的 .xlsx 再用。")

    @classmethod
    def load(cls, source: bytes | Path) -> Package:
        """Open a workbook given as bytes or as a path. Raises WorkbookFault, OSError."""
        return cls(source if isinstance(source, bytes) else source.read_bytes())

    def relations(self, part: str) -> list[Relation]:
        """List the relationships of `part` ("" for the package itself)."""
        name = _relations_part(part)
        if name not in self.parts:
            return []
        base = posixpath.dirname(part)
        found = []
        for item in parse(self.parts[name]).iter(f"{{{RELATIONS}}}Relationship"):
            outside = item.get("TargetMode") == "External"
            target = "" if outside else posixpath.normpath(posixpath.join("/", base, item.get("Target"))).lstrip("/")
            found.append(Relation(item.get("Id"), item.get("Type").rsplit("/", 1)[-1], target))
        return found

    def sheets(self) -> list[SheetPart]:
        """List the workbook's sheets in the order of their tabs."""
        targets = {relation.id: relation for relation in self.relations(self.book)}
        found = []
        for sheet in parse(self.parts[self.book]).iterfind("{*}sheets/{*}sheet"):
            key = next((value for name, value in sheet.attrib.items() if name.endswith("}id")), "")
            relation = targets.get(key)
            if relation is None or relation.target not in self.parts:
                raise WorkbookFault(f"工作表“{sheet.get('name')}”的内容不在文件里，请用 Excel 或 WPS 打开后另存一份。")
            visible = sheet.get("state", "visible") == "visible"
            found.append(SheetPart(sheet.get("name"), relation.target, visible, relation.kind == "worksheet"))
        return found

    def part_of_book(self, kind: str) -> str:
        """Name the workbook's part of this relationship kind (styles, sharedStrings, calcChain); "" if it has none."""
        return next((r.target for r in self.relations(self.book) if r.kind == kind and r.target in self.parts), "")

    def drop(self, part: str) -> None:
        """Take a part of the workbook out, with its content type and its relationship."""
        del self.parts[part]
        types = parse(self.parts["[Content_Types].xml"])
        for entry in types.findall(f"{{{CONTENT_TYPES}}}Override[@PartName='/{part}']"):
            types.remove(entry)
        self.parts["[Content_Types].xml"] = serialise(types)
        keys = {relation.id for relation in self.relations(self.book) if relation.target == part}
        links = parse(self.parts[_relations_part(self.book)])
        for link in [link for link in links if link.get("Id") in keys]:
            links.remove(link)
        self.parts[_relations_part(self.book)] = serialise(links)

    def add_sheet(self, name: str, xml: bytes, *, hidden: bool) -> None:
        """Append a worksheet after the last tab."""
        label = f"Added{sum('/sheetAdded' in part for part in self.parts) + 1}"
        part = f"{posixpath.dirname(self.book)}/worksheets/sheet{label}.xml".lstrip("/")
        self.parts[part] = xml
        types = parse(self.parts["[Content_Types].xml"])
        etree.SubElement(types, f"{{{CONTENT_TYPES}}}Override", PartName=f"/{part}", ContentType=WORKSHEET_TYPE)
        self.parts["[Content_Types].xml"] = serialise(types)
        links = parse(self.parts[_relations_part(self.book)])
        key = f"rId{label}"
        kind, tag = f"{OFFICE}/worksheet", f"{{{RELATIONS}}}Relationship"
        etree.SubElement(links, tag, Id=key, Type=kind, Target=f"/{part}")
        self.parts[_relations_part(self.book)] = serialise(links)
        book = parse(self.parts[self.book])
        sheets = book.find(main_tag("sheets"))
        number = max(int(sheet.get("sheetId")) for sheet in sheets) + 1
        sheet = etree.SubElement(sheets, main_tag("sheet"), name=name, sheetId=str(number))
        if hidden:
            sheet.set("state", "hidden")
        sheet.set(f"{{{OFFICE}}}id", key)
        self.parts[self.book] = serialise(book)

    def print_again(self, sheet: str, row: int) -> None:
        """Have a row of a sheet printed at the top of each of its pages."""
        book = parse(self.parts[self.book])
        names = book.find(main_tag("definedNames"))
        if names is None:
            names = book.makeelement(main_tag("definedNames"))
            before = ("externalReferences", "functionGroups", "sheets")
            next(item for name in before if (item := book.find(main_tag(name))) is not None).addnext(names)
        place = [item.get("name") for item in book.find(main_tag("sheets"))].index(sheet)
        told = etree.SubElement(names, main_tag("definedName"), name="_xlnm.Print_Titles", localSheetId=str(place))
        told.text = f"'{sheet.replace(chr(39), chr(39) * 2)}'!${row}:${row}"
        self.parts[self.book] = serialise(book)

    def content(self) -> bytes:
        """Pack the parts again. The same parts give the same bytes."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in self.parts.items():
                known = self._infos.get(name)
                info = zipfile.ZipInfo(name, known.date_time if known else _NEW_PART_TIME)
                info.compress_type = known.compress_type if known else zipfile.ZIP_DEFLATED
                archive.writestr(info, data)
        return buffer.getvalue()


def _relations_part(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")
