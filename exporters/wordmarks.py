"""The marks {{ … }} in a Word template's paragraphs and tables: found, filled, and what is wrong with them.

A mark may be torn over several runs, as Word likes to do; its value takes the look of the run where the mark begins.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, TypeAlias

from exporters.figures import Value
from exporters.slots import MARK, RUNNING_NUMBER, read_slot
from exporters.wordnames import qn

Element: TypeAlias = Any  # lxml ships no types
Problem: TypeAlias = tuple[str, str, str]  # file, place, sentence
REPORT = "report.docx"
DASH = "—"
_BRACES = re.compile(r"\{\{|\}\}|｛|｝")


class ListAt(NamedTuple):
    """A list of the form: its worksheet, and which list of that sheet, from 0."""

    sheet: str
    number: int = 0


NOWHERE = ListAt("")


class WordFault(ValueError):
    """A Word file that cannot be used; the message is one Chinese sentence."""


@dataclass(frozen=True, slots=True)
class WordMark:
    """One expression of a template: where it stands and, in a list row, the list of the form that it takes."""

    place: str
    expression: str
    of: ListAt | None


def open_word(content: bytes, name: str) -> Any:
    """A Word document. Raises WordFault."""
    # slow to load, and only a report needs it
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError

    try:
        return Document(io.BytesIO(content))
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise WordFault(f"“{name}”不是 Word 文档（.docx），或者已经损坏") from error


def blocks(document: Any) -> list[Element]:
    """What stands in the body, from the top, without what marks no text."""
    quiet = {qn("w:sectPr"), qn("w:bookmarkStart"), qn("w:bookmarkEnd"), qn("w:proofErr")}
    return [block for block in document.element.body if isinstance(block.tag, str) and block.tag not in quiet]


def is_table(block: Element) -> bool:
    """Whether a block of the body is a table."""
    return bool(block.tag == qn("w:tbl"))


def text_of(element: Element) -> str:
    """The text in a paragraph, row or table; deleted text that is still tracked is none."""
    return "".join(node.text or "" for node in element.iter(qn("w:t")))


def say(value: Value, *, in_table: bool = False) -> str:
    """A value in a sentence: nothing is empty, what is not there is “—”; figures keep the places they are printed with.

    In a table thousands are parted, as in the form.
    """
    if value is None or value == "":
        return DASH
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | Decimal):
        figure = Decimal(value)
        return f"{figure:,f}" if in_table else f"{figure:f}"
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    return str(value)


def fill_paragraph(
    paragraph: Element, values: Sequence[Value], signs: Sequence[str] = (), cut: Sequence[tuple[int, int, str]] = ()
) -> None:
    """Write values over the marks of a paragraph, in order, each with what ``signs`` has for it behind; after “—” no % is left
    standing. ``cut`` are stretches that are taken out, each with what stands in its place.
    """
    in_table = paragraph.getparent().tag == qn("w:tc")
    nodes = list(paragraph.iter(qn("w:t")))
    whole = "".join(node.text or "" for node in nodes)
    starts, at = [], 0
    for node in nodes:
        starts.append(at)
        at += len(node.text or "")
    signs = signs or [""] * len(values)
    written = list(cut)
    for mark, value, sign in zip(MARK.finditer(whole), values, signs, strict=True):
        said, end = say(value, in_table=in_table), mark.end()
        if said == DASH and whole[end : end + 1] == "%":
            end += 1
        if not any(low <= mark.start() < high for low, high, _ in cut):
            written.append((mark.start(), end, said + sign))
    for low, high, said in sorted(written, reverse=True):
        _replace(nodes, starts, (low, high), said)
    for node in nodes:
        _break_lines(node)


def _break_lines(node: Element) -> None:
    """Lines of a text as lines of the paragraph."""
    node.text, *lines = (node.text or "").split("\n")
    place = node
    for line in lines:
        fresh = node.makeelement(qn("w:t"), {qn("xml:space"): "preserve"})
        fresh.text = line
        place.addnext(node.makeelement(qn("w:br")))
        place.getnext().addnext(fresh)
        place = fresh


def _replace(nodes: Sequence[Element], starts: Sequence[int], span: tuple[int, int], said: str) -> None:
    first = True
    for node, start in zip(nodes, starts, strict=True):
        text = node.text or ""
        low, high = max(span[0] - start, 0), min(span[1] - start, len(text))
        if low >= high:
            continue
        node.text = text[:low] + (said if first else "") + text[high:]
        node.set(qn("xml:space"), "preserve")
        first = False


def list_row(table: Element) -> Element | None:
    """The row of a table that repeats for each record."""
    return next((row for row in table.iter(qn("w:tr")) if (slot := read_slot(text_of(row))) and slot.starred), None)


def list_above(block: Element, lists: Mapping[str, ListAt]) -> ListAt | None:
    """The list whose 表号 the paragraph just above a table names; None when it names none."""
    above = block.getprevious()
    told = text_of(above) if above is not None else ""
    found = [id for id in lists if id in told]
    return lists[max(found, key=len)] if found else None


def marks(content: bytes, lists: Mapping[str, ListAt]) -> list[WordMark]:
    """What a template asks for, from the top; 序号 is the filler's own. Raises WordFault."""
    found = []
    for place, block, paragraph in _paragraphs(open_word(content, REPORT)):
        slot = read_slot(text_of(paragraph))
        for expression in slot.expressions if slot else ():
            starred = bool(slot and slot.starred)
            if not (starred and expression == RUNNING_NUMBER):
                found.append(WordMark(place, expression, (list_above(block, lists) or NOWHERE) if starred else None))
    return found


def problems(content: bytes, lists: Mapping[str, ListAt]) -> list[Problem]:
    """What keeps a template from being filled, apart from its expressions. Raises WordFault."""
    document = open_word(content, REPORT)
    found: list[Problem] = []
    for place, block, paragraph in _paragraphs(document):
        found += [(REPORT, place, sentence) for sentence in _faults(block, paragraph, lists)]
    for part in document.part.package.iter_parts():
        xml = part.blob if "xml" in part.content_type and part is not document.part else b""
        if b"{{" in xml:
            found.append(
                (REPORT, "", f"页眉、页脚、脚注或批注（{part.partname}）里的 {{{{ }}}} 不会被填，请写到正文里")
            )
    if any("{{" in text_of(box) for box in document.element.body.iter(qn("w:txbxContent"))):
        found.append((REPORT, "", "文本框里的 {{ }} 不会被填，请写到正文里"))
    return found


def _faults(block: Element, paragraph: Element, lists: Mapping[str, ListAt]) -> Iterator[str]:
    text = text_of(paragraph)
    slot = read_slot(text)
    rest = "".join((*slot.pieces, *slot.expressions)) if slot else text
    if _BRACES.search(rest):
        yield "花括号没有配对，请写成半角的 {{ 公式 }}"
    if slot is None:
        return
    if not all(slot.expressions):
        yield "{{ }} 里没有写公式"
    if slot.mixed:
        yield "有的 {{ }} 带 * 有的不带；清单行里每个都要写成 {{ * … }}"
    if slot.starred and not is_table(block):
        yield "{{ * … }} 只能写在表格的一行里"
    elif slot.starred and next(block.iter(qn("w:tr"))) is list_row(block):
        yield "清单行上面要有一行表头"
    elif slot.starred and not list_above(block, lists):
        yield "表格上面一段要写明取自哪张表（“报表”表里的表号，如 表TW-2）"


def _paragraphs(document: Any) -> Iterator[tuple[str, Element, Element]]:
    """Each paragraph of the body with its place as a person counts, and the block it is in."""
    paragraphs = tables = 0
    for block in blocks(document):
        if is_table(block):
            tables += 1
            for number, row in enumerate(block.iter(qn("w:tr")), 1):
                for column, cell in enumerate(row.iter(qn("w:tc")), 1):
                    for paragraph in cell.iter(qn("w:p")):
                        yield f"表格{tables}第{number}行第{column}格", block, paragraph
        else:
            paragraphs += 1
            yield f"第{paragraphs}段", block, block
