"""What is printed is what the workbook says: the page model beside the workbook's own XML, the PDF beside both, cell by cell."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from exporters.page import Layout
from exporters.paging import page_sheets
from exporters.references import split_address
from models.packs.pack import pack
from models.periods import Period
from models.store.file import DataFile
from models.store.zones import pick, scope
from tests.independent import pdfpages, sheetxml
from ui.asked import Asked
from ui.printing.output import write_pdf
from ui.printing.sheets import Workbook
from ui.reporting import draft

PACKS = ("台办", "工信")
MM = 25.4 / 72


def inked(text):
    return re.sub(r"\s", "", text)


@pytest.fixture(scope="module")
def books(demo, tmp_path_factory):
    """Pack → its filled workbook over the demonstration zone."""
    found = {}
    with DataFile(demo, read_only=True) as file:
        with file.reading() as connection:
            zone = pick(connection)
            zones = scope(connection, zone)
        for name in PACKS:
            found[name] = draft(file, Asked(zone, zones, Period(2025), pack(name))).content
    return found


def merged_away(sheet):
    """Places that lie under a merged area but are not its first."""
    return {
        (row, column)
        for (top, left), (low, right) in sheet.merged.items()
        for row in range(top, low + 1)
        for column in range(left, right + 1)
    } - set(sheet.merged)


def wanted(sheet):
    """Place → cell, for all that is printed of a sheet: within its print area, not hidden, with something to be seen."""
    top, left, low, right = sheet.area
    hidden = merged_away(sheet)
    found = {}
    for (row, column), cell in sheet.cells.items():
        if not (top <= row <= low and left <= column <= right) or (row, column) in hidden:
            continue
        far = sheet.cells.get(sheet.merged.get((row, column), (row, column)), cell)
        lines = (*cell.lines[:2], *far.lines[2:])
        if cell.text or any(lines) or cell.fill:
            found[row, column] = (cell, lines)
    return found


@pytest.mark.parametrize("name", PACKS)
def test_every_cell_on_the_pages_is_the_workbook_s(books, name):
    sheets, paged = sheetxml.read(books[name]), page_sheets(books[name])
    assert [each.name for each in paged] == [each.name for each in sheets]
    assert len(sheets) == 9
    for sheet, pages in zip(sheets, paged, strict=True):
        asked = wanted(sheet)
        shown = {}
        scale = pages.pages[0].cells[0].font.size / sheet.cells[sheetxml.place(pages.pages[0].cells[0].address)].font[1]
        for page in pages.pages:
            columns = {sheetxml.place(cell.address)[1] for cell in page.cells}
            for cell in page.cells:
                here = sheetxml.place(cell.address)
                own, lines = asked[here]
                where = (sheet.name, cell.address)
                assert cell.text in {own.text, ""}, where  # "" where a merged area goes on on the next page
                assert (cell.font.name, cell.font.bold) == (own.font[0], own.font[2]), where
                assert cell.font.size == pytest.approx(own.font[1] * scale), where
                assert (cell.fill, cell.across, cell.wrap) == (own.fill, own.across, own.wrap), where
                assert cell.lines == pytest.approx(lines), where
                low, right = sheet.merged.get(here, here)
                wide = sum(sheet.widths[c] for c in range(here[1], right + 1) if c in columns or right > here[1])
                if not cell.cut:
                    assert cell.width == pytest.approx(wide * scale), where
                heights = [sheet.heights.get(r, 0.0) for r in range(here[0], low + 1)]
                if all(heights):
                    assert cell.height == pytest.approx(sum(heights) * scale), where
                shown.setdefault(here, set()).add(cell.text)
        assert set(shown) == set(asked), sheet.name
        assert {here for here, texts in shown.items() if asked[here][0].text not in texts} == set(), sheet.name


@pytest.mark.parametrize("name", PACKS)
def test_cells_stand_beside_one_another_as_the_columns_and_rows_do(books, name):
    for sheet, pages in zip(sheetxml.read(books[name]), page_sheets(books[name]), strict=True):
        scale = pages.pages[0].cells[0].font.size / sheet.cells[sheetxml.place(pages.pages[0].cells[0].address)].font[1]
        for page in pages.pages:
            rows = {}
            for cell in page.cells:
                row, column = sheetxml.place(cell.address)
                rows.setdefault(row, []).append((column, cell))
            for row, cells in rows.items():
                for (column, cell), (after, other) in zip(sorted(cells), sorted(cells)[1:], strict=False):
                    if after == column + 1 and (row, column) not in sheet.merged:
                        assert other.x - cell.x == pytest.approx(sheet.widths[column] * scale), (sheet.name, row)
            for row, cells in rows.items():
                below = rows.get(row + 1)
                if below and sheet.heights.get(row):
                    assert below[0][1].y - cells[0][1].y == pytest.approx(sheet.heights[row] * scale), (sheet.name, row)


def printed(qapp, look, content, path, numbers=None, **layout):
    """A workbook printed by the one painter, read again from the PDF; with it the pages that were asked for."""

    papers = Workbook("表", "", content, look, draft=True).laid(Layout(**layout))
    write_pdf(papers, path, numbers)
    return papers.pages, pdfpages.read(path.read_bytes())


@pytest.mark.parametrize("name", PACKS)
def test_the_pdf_says_every_cell_in_its_place(qapp, look, books, name, tmp_path):
    own = {sheet.name: sheet for sheet in sheetxml.read(books[name])}
    pages, found = printed(qapp, look, books[name], tmp_path / "表.pdf")
    assert len(found) == len(pages)
    said = {sheet: set() for sheet in own}
    for (sheet, page), out in zip(pages, found, strict=True):
        assert (out.width * MM, out.height * MM) == pytest.approx((297, 210), abs=0.2)
        assert inked("".join(text.text for text in out.texts if text.turned)) == "草稿"
        runs = [text for text in out.texts if not text.turned]
        for cell in page.cells:
            text, rest = own[sheet].cells[sheetxml.place(cell.address)].text, inked(cell.text)
            assert rest in {inked(text), ""}
            while rest:
                run = runs.pop(0)
                piece = inked(run.text)
                assert rest.startswith(piece), (sheet, cell.address, run.text, rest)
                rest = rest[len(piece) :]
                if piece:
                    assert cell.y - 1 <= run.y - run.size / 2 <= cell.y + cell.height + 1, (sheet, cell.address)
                    assert cell.x - 1 <= run.x <= cell.x + max(cell.width, cell.room) + 1, (sheet, cell.address)
                    # a font that stands in for the form's own may be wider, its text then a little smaller
                    assert cell.font.size * 0.7 <= run.size <= cell.font.size * 1.02, (sheet, cell.address)
            said[sheet].add((cell.address, bool(cell.text)))
        assert "草稿·未签发" in inked("".join(run.text for run in runs))
        number = [n for s, n in zip([s for s, _ in pages], range(len(pages)), strict=True) if s == sheet]
        here = number.index(pages.index((sheet, page))) + 1
        assert f"第{here}页共{len(number)}页" in inked("".join(run.text for run in runs))
    for sheet, cells in said.items():
        wants = {at for at, (cell, _) in wanted(own[sheet]).items() if cell.text}
        assert {sheetxml.place(at) for at, text in cells if text} == wants


@pytest.mark.parametrize("name", PACKS)
def test_the_table_s_text_is_never_smaller_than_can_be_read(qapp, look, books, name, tmp_path):
    for asked in ({}, {"scale": "width", "turned": "纵"}):
        pages, found = printed(qapp, look, books[name], tmp_path / "表.pdf", **asked)
        sizes = {}
        for (sheet, _), page in zip(pages, found, strict=True):
            sizes.setdefault(sheet, Counter()).update(round(text.size, 1) for text in page.texts if not text.turned)
        assert {sheet for sheet, count in sizes.items() if count.most_common(1)[0][0] < 7} == set()


def goes_on_beside(sheet):
    """Whether a row of the sheet has other columns on another page."""
    found = {}
    for page in sheet.pages:
        rows = {}
        for row, column in (split_address(cell.address) for cell in page.cells if cell.text):
            rows.setdefault(row, set()).add(column)
        for row, columns in rows.items():
            found.setdefault(row, set()).add(frozenset(columns))
    return any(len(each) > 1 for each in found.values())


@pytest.mark.parametrize("name", PACKS)
def test_turned_upright_wide_tables_are_split_and_lose_nothing(books, name):
    """On upright A4 the wide sheets go on on other pages; every cell is there, the names are there again."""
    whole = page_sheets(books[name])
    split = page_sheets(books[name], layout=Layout(turned="纵"))
    wide = 0
    for one, other in zip(whole, split, strict=True):
        texts = [{c.address: c.text for p in sheet.pages for c in p.cells if c.text} for sheet in (one, other)]
        assert texts[0] == texts[1]
        for page in other.pages:
            assert max(c.x + c.width for c in page.cells) <= page.width - page.margin[2] + 0.5, one.name
        wide += goes_on_beside(other)
    assert wide >= 2


def lines_of(page):
    """The dark lines of a page: left, top, right and bottom edge of all, in millimetres."""
    dark = [(x, y, w, h) for x, y, w, h, ink in page.grounds if ink == "#1B1B1B"]
    return [each * MM for each in (
        min(x for x, *_ in dark), min(y for _, y, *_ in dark),
        max(x + w for x, _, w, _ in dark), max(y + h for _, y, _, h in dark),
    )]  # fmt: skip


@pytest.mark.parametrize(("paper", "size"), [("A4", (297, 210)), ("A3", (420, 297))])
def test_paper_and_margins_measured_in_millimetres(qapp, look, books, tmp_path, paper, size):
    for margin in (10, 20):
        asked = {"paper": paper, "scale": "width", "margin": str(margin)}
        _, found = printed(qapp, look, books["工信"], tmp_path / "表.pdf", [1], **asked)
        (page,) = found
        assert (page.width * MM, page.height * MM) == pytest.approx(size, abs=0.3)
        left, top, right, low = lines_of(page)
        assert (left, size[0] - right) == pytest.approx((margin, margin), abs=0.3)
        assert top >= margin - 0.3
        assert size[1] - low >= margin - 0.3
