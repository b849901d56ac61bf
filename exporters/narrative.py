"""The narrative of a return: a Word template filled with figures, the clerk's own paragraphs kept when it is made again.

The template is the layout (GB/T 9704 by font name): nothing of it is changed but its marks, the page head of a draft and what
the clerk has written.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from exporters.figures import Figures, Value
from exporters.handwriting import Made, carry, made, sign
from exporters.noted import Marked, add_note, without_note
from exporters.sentences import Cut, left_out
from exporters.slots import RUNNING_NUMBER, read_slot
from exporters.wordmarks import (
    DASH,
    NOWHERE,
    REPORT,
    Element,
    ListAt,
    blocks,
    fill_paragraph,
    is_table,
    list_above,
    list_row,
    open_word,
    text_of,
)
from exporters.wordnames import qn

_CENT = Decimal("0.01")
DRAFT_MARK = "草　稿　·　未签发"


@dataclass(frozen=True, slots=True)
class Narrative:
    """A filled report, how many of the clerk's own paragraphs and tables were taken over from the earlier one, and which blocks
    of the body these are, counted from 0; ``left_out`` are the sentences that have no figure yet.
    """

    content: bytes
    kept: int
    own: tuple[int, ...] = ()
    left_out: tuple[str, ...] = ()


def fill(
    template: bytes,
    figures: Figures,
    lists: Mapping[str, ListAt],
    *,
    draft: bool,
    earlier: bytes = b"",
    told: Callable[[str], str] = lambda _: "",
    framed: Callable[[str], bool] = lambda _: False,
) -> Narrative:
    """Fill a template; ``lists`` is 表号 → list of the form, ``earlier`` the report made before, with what was written in.

    ``told`` says of an expression how its figure was put in place by hand ("" when it was not): such figures are marked, and
    the report ends with what is told of them. ``framed`` says of one whether it stands around the figures (填报单位): a sentence
    none of whose figures is known is left out. Raises WordFault when one of the two is no Word document.
    """
    document = open_word(template, REPORT)
    before = open_word(earlier, "原来的报告") if earlier else None
    marked = Marked(figures, told)
    found = [
        _table(block, marked, lists) if is_table(block) else _paragraph(block, marked, framed)
        for block in blocks(document)
    ]
    parts = [part for part in found if part is not None]
    sign(parts)
    if before is not None:
        without_note(before)
    ours = blocks(document)
    kept = carry(before, document, parts) if before is not None and parts else 0
    for part in parts:
        if part.left and not text_of(part.block).strip():
            part.block.getparent().remove(part.block)
    own = tuple(number for number, block in enumerate(blocks(document)) if block not in ours)
    if marked.notes:
        add_note(document, list(marked.notes))
    if draft:
        _mark(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return Narrative(buffer.getvalue(), kept, own, tuple(each for part in parts for each in part.left))


def _paragraph(block: Element, figures: Marked, framed: Callable[[str], bool]) -> Made | None:
    text = text_of(block)
    if not text.strip():
        return None
    values, told = _fill(block, figures, framed)
    part = made(block, text, values)
    part.left = told
    return part


def _fill(
    paragraph: Element, figures: Marked, framed: Callable[[str], bool] | None = None
) -> tuple[list[Value], tuple[str, ...]]:
    """Fill a paragraph; its values, and with ``framed`` the sentences left out of it."""
    text = text_of(paragraph)
    asked = slot.expressions if (slot := read_slot(text)) else ()
    values = [figures.value("", expression) for expression in asked]
    cut = left_out(text, values, [framed(expression) for expression in asked]) if framed else Cut()
    if values:
        fill_paragraph(paragraph, values, [figures.mark(expression) for expression in asked], cut.spans)
    return values, cut.told


def _table(block: Element, figures: Marked, lists: Mapping[str, ListAt]) -> Made:
    starred = list_row(block)
    first = next(block.iter(qn("w:tr")))
    head = text_of(first)
    if starred is not None:
        _records(starred, figures, list_above(block, lists) or NOWHERE)
    values = [value for paragraph in first.iter(qn("w:p")) for value in _fill(paragraph, figures)[0]]
    for paragraph in block.iter(qn("w:p")):
        _fill(paragraph, figures)
    return made(block, head, values)


def _records(row: Element, figures: Marked, of: ListAt) -> None:
    """Repeat a row for each record; without any it says so with dashes."""
    slot = read_slot(text_of(row))
    expressions = slot.expressions if slot else ()
    wanted = [name for name in expressions if name != RUNNING_NUMBER]
    records = _even([list(record) for record in figures.records(of.sheet, wanted, of.number)]) or [[DASH] * len(wanted)]
    for number, record in enumerate(records, 1):
        fresh, values = deepcopy(row), iter(record)
        row.addprevious(fresh)
        for paragraph in fresh.iter(qn("w:p")):
            asked = read_slot(text_of(paragraph))
            if asked:
                given: list[Value] = [number if name == RUNNING_NUMBER else next(values) for name in asked.expressions]
                fill_paragraph(paragraph, given)
    row.getparent().remove(row)


def _even(records: list[list[Value]]) -> list[list[Value]]:
    """Columns of figures with the same places: two where one of them has a fraction, rounded half up."""
    for column in range(len(records[0]) if records else 0):
        if any(isinstance(record[column], Decimal) for record in records):
            for record in records:
                value = record[column]
                if isinstance(value, int | Decimal) and not isinstance(value, bool):
                    record[column] = Decimal(value).quantize(_CENT, ROUND_HALF_UP)
    return records


def _mark(document: Any) -> None:
    """A draft says so at the head of every page."""
    # slow to load, see open_word
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    for section in document.sections:
        heads = [section.header]
        if document.settings.odd_and_even_pages_header_footer:
            heads.append(section.even_page_header)
        if section.different_first_page_header_footer:
            heads.append(section.first_page_header)
        for head in heads:
            head.is_linked_to_previous = False
            line = head.add_paragraph() if text_of(head._element).strip() else head.paragraphs[0]
            line.text = DRAFT_MARK
            line.alignment = WD_ALIGN_PARAGRAPH.CENTER
