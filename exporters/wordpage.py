"""A Word report as blocks with their look resolved, for the screen and the printer: what Word shows, near enough to be read and signed.

Lengths are points. Read from the document itself: page, styles, direct formatting, tables; notes, numbering and text boxes are
left to Word.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from exporters.handwriting import PROMPT
from exporters.wordmarks import Element, blocks, is_table, open_word, text_of
from exporters.wordnames import qn

OWN, ASKED = "own", "asked"  # what the clerk wrote, and where she is asked to write
PAGE = "\ue000"  # stands in a header or footer for the number of the page
_TWIP = 1 / 20
_EMU = 1 / 12700
_OFF = {"0", "false", "none", "off"}
_LEAST_LINE = 1.0


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one look; with ``image`` a picture of that size instead."""

    text: str
    font: str
    size: float
    bold: bool = False
    italic: bool = False
    underline: bool = False
    color: str = "#000000"
    spacing: float = 0.0
    image: bytes = b""
    extent: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """``line`` is an exact height in points, or 0 where ``times`` counts lines; ``kind`` is OWN, ASKED or ""."""

    runs: tuple[Run, ...]
    across: str = "left"
    first: float = 0.0
    left: float = 0.0
    right: float = 0.0
    before: float = 0.0
    after: float = 0.0
    line: float = 0.0
    times: float = 1.0
    breaks: bool = False
    kind: str = ""

    @property
    def text(self) -> str:
        """All it says."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell over ``span`` columns and ``down`` rows."""

    paragraphs: tuple[Paragraph, ...]
    span: int = 1
    down: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """Its columns' widths, its rows (a cell that another covers is None), how many rows are repeated on every page."""

    widths: tuple[float, ...]
    rows: tuple[tuple[TableCell | None, ...], ...]
    heads: int
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A report: its paper and margins (left, top, right, bottom), its blocks, header and footer of odd and even pages."""

    width: float
    height: float
    margin: tuple[float, float, float, float]
    blocks: tuple[Paragraph | Table, ...]
    header: tuple[tuple[Paragraph, ...], tuple[Paragraph, ...]] = ((), ())
    footer: tuple[tuple[Paragraph, ...], tuple[Paragraph, ...]] = ((), ())
    edge: tuple[float, float] = (36.0, 36.0)


Props = dict[str, dict[str, str]]


@dataclass
class _Looks:
    """Styles by id, each with what it is based on, and the document's own defaults."""

    document: Any
    styles: dict[str, Element] = field(default_factory=dict)

    def __post_init__(self) -> None:
        root = self.document.styles.element
        self.styles = {each.get(qn("w:styleId")): each for each in root.iter(qn("w:style"))}
        self.usual = next((id for id, each in self.styles.items() if _is_usual(each)), "")
        self.defaults = root.find(qn("w:docDefaults"))

    def chain(self, style: str | None) -> list[Element]:
        """A style and those below it, the lowest first."""
        found: list[Element] = []
        at: str | None = style or self.usual
        while at and at in self.styles and self.styles[at] not in found:
            found.insert(0, self.styles[at])
            based = self.styles[at].find(qn("w:basedOn"))
            at = based.get(qn("w:val")) if based is not None else None
        return found

    def of(self, kind: str, style: str | None, *direct: Element | None) -> Props:
        """The properties (w:pPr, w:rPr) in force: defaults, styles, direct ones, each over those before it."""
        holders = [*(self.defaults.iter(qn(kind)) if self.defaults is not None else ())]
        holders += [held for each in self.chain(style) if (held := each.find(qn(kind))) is not None]
        found: Props = {}
        for holder in [*holders, *(each for each in direct if each is not None)]:
            for item in holder:
                if isinstance(item.tag, str):
                    found[item.tag] = found.get(item.tag, {}) | dict(item.attrib)
        return found


def _is_usual(style: Element) -> bool:
    return style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) in {"1", "true"}


def report(content: bytes, own: Collection[int] = ()) -> Report:
    """A report; ``own`` are the numbers of the blocks that the clerk wrote. Raises WordFault."""
    document = open_word(content, "文字报告")
    looks, section = _Looks(document), document.sections[0]
    found = [
        _table(block, looks, OWN if number in own else "")
        if is_table(block)
        else _paragraph(block, looks, OWN if number in own else _asked(block))
        for number, block in enumerate(blocks(document))
        if block.tag in {qn("w:p"), qn("w:tbl")}
    ]
    turns = document.settings.odd_and_even_pages_header_footer
    running = [
        tuple(_running(part, looks) for part in ((odd, even) if turns else (odd, odd)))
        for odd, even in (
            (section.header, section.even_page_header), (section.footer, section.even_page_footer),
        )
    ]  # fmt: skip
    sides = (section.left_margin, section.top_margin, section.right_margin, section.bottom_margin)
    left, top, right, bottom = (float(side) * _EMU for side in sides)
    return Report(
        width=float(section.page_width) * _EMU,
        height=float(section.page_height) * _EMU,
        margin=(left, top, right, bottom),
        blocks=tuple(found),
        header=(running[0][0], running[0][1]),
        footer=(running[1][0], running[1][1]),
        edge=(float(section.header_distance) * _EMU, float(section.footer_distance) * _EMU),
    )


def _asked(block: Element) -> str:
    return ASKED if text_of(block).strip().startswith(PROMPT) else ""


def _running(part: Any, looks: _Looks) -> tuple[Paragraph, ...]:
    return tuple(
        _paragraph(each, looks, "", part.part) for each in part._element.iter(qn("w:p")) if text_of(each).strip()
    )


def _paragraph(block: Element, looks: _Looks, kind: str = "", part: Any = None) -> Paragraph:
    direct = block.find(qn("w:pPr"))
    held = direct.find(qn("w:pStyle")) if direct is not None else None
    style = held.get(qn("w:val")) if held is not None else None
    props = looks.of("w:pPr", style, direct)
    runs = tuple(_runs(block, looks, style, part or looks.document.part))
    size = runs[0].size if runs else float(looks.of("w:rPr", style).get(qn("w:sz"), {}).get(qn("w:val"), 21)) / 2
    spacing, indent = props.get(qn("w:spacing"), {}), props.get(qn("w:ind"), {})
    exact = spacing.get(qn("w:lineRule"), "auto") != "auto"
    line = float(spacing.get(qn("w:line"), 240))
    return Paragraph(
        runs,
        across=_across(props),
        first=_indent(indent, "firstLine", size) - _indent(indent, "hanging", size),
        left=_indent(indent, "left", size) or _indent(indent, "start", size),
        right=_indent(indent, "right", size) or _indent(indent, "end", size),
        before=float(spacing.get(qn("w:before"), 0)) * _TWIP,
        after=float(spacing.get(qn("w:after"), 0)) * _TWIP,
        line=max(_LEAST_LINE, line * _TWIP) if exact else 0.0,
        times=1.0 if exact else line / 240,
        breaks=_on(props, "w:pageBreakBefore"),
        kind=kind,
    )


def _across(props: Props) -> str:
    told = props.get(qn("w:jc"), {}).get(qn("w:val"), "left")
    return {"both": "both", "distribute": "both", "center": "center", "right": "right", "end": "right"}.get(
        told, "left"
    )


def _indent(indent: Mapping[str, str], name: str, size: float) -> float:
    letters = indent.get(qn(f"w:{name}Chars"))
    return float(letters) / 100 * size if letters else float(indent.get(qn(f"w:{name}"), 0)) * _TWIP


def _on(props: Props, name: str) -> bool:
    held = props.get(qn(name))
    return held is not None and held.get(qn("w:val"), "1") not in _OFF


def _runs(block: Element, looks: _Looks, style: str | None, part: Any) -> Iterator[Run]:
    """Pieces of a paragraph; the number of the page in place of its field, whatever was shown for it when it was saved."""
    field_, counted = "", False
    for run in block.iter(qn("w:r")):
        if run.getparent().tag == qn("w:del"):
            continue
        look = _look(run, looks, style)
        for item in run:
            if item.tag == qn("w:fldChar"):
                field_ = {"begin": "code", "separate": "shown"}.get(item.get(qn("w:fldCharType")), "")
                counted = counted and bool(field_)
            elif item.tag == qn("w:instrText") and (item.text or "").split()[:1] == ["PAGE"]:
                counted = True
                yield Run(PAGE, *look)
            elif item.tag in {qn("w:drawing"), qn("w:pict")}:
                yield from _picture(item, look, part)
            elif not (field_ and counted):
                text = _text(item)
                if text:
                    yield Run(text, *look)


def _text(item: Element) -> str:
    if item.tag == qn("w:t"):
        return item.text or ""
    return {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): "\t", qn("w:noBreakHyphen"): "-"}.get(item.tag, "")


def _look(run: Element, looks: _Looks, style: str | None) -> tuple[str, float, bool, bool, bool, str, float]:
    direct = run.find(qn("w:rPr"))
    own = direct.find(qn("w:rStyle")) if direct is not None else None
    props = looks.of("w:rPr", style)
    if own is not None:
        props |= {
            tag: props.get(tag, {}) | told for each in looks.chain(own.get(qn("w:val"))) for tag, told in _told(each)
        }
    props |= {tag: props.get(tag, {}) | told for tag, told in _told(run)}
    fonts = props.get(qn("w:rFonts"), {})
    color = props.get(qn("w:color"), {}).get(qn("w:val"), "000000")
    underline = props.get(qn("w:u"), {}).get(qn("w:val"), "none") not in _OFF
    return (
        fonts.get(qn("w:eastAsia")) or fonts.get(qn("w:ascii")) or "宋体",
        float(props.get(qn("w:sz"), {}).get(qn("w:val"), 21)) / 2,
        _on(props, "w:b"), _on(props, "w:i"), underline, f"#{color if color != 'auto' else '000000'}",
        float(props.get(qn("w:spacing"), {}).get(qn("w:val"), 0)) * _TWIP,
    )  # fmt: skip


def _told(holder: Element) -> list[tuple[str, dict[str, str]]]:
    held = holder.find(qn("w:rPr"))
    return [(item.tag, dict(item.attrib)) for item in held if isinstance(item.tag, str)] if held is not None else []


def _picture(item: Element, look: Sequence[Any], part: Any) -> Iterator[Run]:
    blip, extent = next(item.iter(qn("a:blip")), None), next(item.iter(qn("wp:extent")), None)
    relation = part.rels.get(blip.get(qn("r:embed"))) if blip is not None else None
    if relation is None or relation.is_external or extent is None:
        yield Run("〔图〕", *look)
        return
    size = int(extent.get("cx")) * _EMU, int(extent.get("cy")) * _EMU
    yield replace(Run("", *look), image=relation.target_part.blob, extent=size)


def _table(block: Element, looks: _Looks, kind: str) -> Table:
    widths = tuple(float(each.get(qn("w:w"), 0)) * _TWIP for each in block.iter(qn("w:gridCol")))
    rows: list[list[TableCell | None]] = []
    above: dict[int, tuple[int, int]] = {}  # column → row and place of the cell that goes on below
    heads, still = 0, True
    for number, line in enumerate(block.iterchildren(qn("w:tr"))):
        cells: list[TableCell | None] = []
        for cell in line.iterchildren(qn("w:tc")):
            column, span, goes_on = len(cells), _span(cell), _goes_on(cell)
            if goes_on == "continue" and column in above:
                row, place = above[column]
                first = rows[row][place]
                assert first is not None
                rows[row][place] = TableCell(first.paragraphs, first.span, number - row + 1)
                cells += [None] * span
                continue
            above.pop(column, None)
            if goes_on == "restart":
                above[column] = (number, column)
            said = tuple(_paragraph(each, looks) for each in cell.iterchildren(qn("w:p")))
            cells += [TableCell(said, span), *[None] * (span - 1)]
        still = still and line.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        heads += still
        rows.append(cells)
    return Table(widths, tuple(map(tuple, rows)), heads, kind)


def _span(cell: Element) -> int:
    held = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    return int(held.get(qn("w:val"))) if held is not None else 1


def _goes_on(cell: Element) -> str:
    held = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    return "" if held is None else str(held.get(qn("w:val"), "continue"))
