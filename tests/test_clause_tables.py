"""docs/指标: every indicator, cell, field, rule, sentence of the report and test that a table of clauses names is there.

One page for each pack, named after it. What a page says in words is for people to judge; that it does not point to what is gone, and
that no indicator with a clause is missing, is checked here for whichever pages there are.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import docx
import openpyxl
import pytest

from exporters.slots import read_slot
from exporters.wordmarks import blocks, text_of
from models.ledgers import ledger
from models.packs.pack import Pack, pack, pack_ids

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted((ROOT / "docs" / "指标").glob("*.md"))
CELL = r"[A-Z]{1,2}\d+"
PLACES = re.compile(rf"(表[A-Z]+-\d+[A-Z]?续?) ({CELL}(?:(?:、| ?至 ?|—){CELL})*)")
NO_LEDGER = ("不涉及台账", "—", "")

EACH = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)


def test_there_are_pages() -> None:
    assert {page.stem for page in PAGES} >= {"台办", "工信", "南通"}
    assert {page.stem for page in PAGES} <= set(pack_ids())


@EACH
def test_every_indicator_named_is_one_of_the_pack(page: Path) -> None:
    of = pack(page.stem)
    assert set(_ids(of, page.read_text(encoding="utf-8"))) - {each.id for each in of.indicators} == set()


@EACH
def test_no_indicator_with_a_clause_is_missing(page: Path) -> None:
    of = pack(page.stem)
    told = {id for row in _rows(page) for id in _ids(of, row.get("指标", ""))}
    assert {each.id for each in of.indicators if each.clause} - told == set()


@EACH
def test_every_cell_named_asks_for_something(page: Path) -> None:
    said = _places(page.read_text(encoding="utf-8"))
    assert {place for place in said if not _asked(page.stem).get(place)} == set()


@EACH
def test_a_row_s_cells_ask_for_its_indicator(page: Path) -> None:
    of, wrong = pack(page.stem), []
    for row in _rows(page):
        names = {name for id in _ids(of, row.get("指标", "")) for name in (id, of.indicator(id).name)}
        labels = {word.rpartition(".")[2] for word in row.get("台账和字段", "").split("、")} - {""}
        for place in _places(row.get("格子", "")) if names else []:
            asked = [
                re.sub(r"^(?:上年|增减|增速|同比|目标|政策目标|完成|基期)\((.+)\)$", r"\1", each)
                for each in _asked(page.stem)[place]
            ]
            if not names & set(asked) and not any(label in each for label in labels for each in asked):
                wrong.append((row["指标"], place))
    assert wrong == []


@EACH
def test_every_field_named_is_in_its_ledger(page: Path) -> None:
    for row in _rows(page):
        for word in row.get("台账和字段", "").split("、"):
            name, _, label = word.partition(".")
            if word not in NO_LEDGER:
                assert not label or ledger(name).field(label), word
                assert ledger(name).label == name, word


@EACH
def test_every_rule_named_is_asked(page: Path) -> None:
    named = [
        id
        for said in re.findall(r"规则 ?((?:[A-Z]+\d+[A-Z]?、?)+)", page.read_text("utf-8"))
        for id in said.split("、")
    ]
    assert {id for id in named if id} - {rule.id for rule in pack(page.stem).rules} == set()


@EACH
def test_every_list_of_the_pack_is_named_and_no_other(page: Path) -> None:
    if page.stem not in ("湖南", "赣州", "南通"):
        return
    named = set(re.findall(r"名单 ([A-Z]+-M\d+)", page.read_text(encoding="utf-8")))
    assert named == {entry["编号"] for entry in pack(page.stem).source.tables["名单"]}


@EACH
def test_every_test_named_is_there(page: Path) -> None:
    named = re.findall(r"(tests/[\w/]+\.py)(?:::(\w+))?", page.read_text(encoding="utf-8"))
    assert named, "each figure names what checks it"
    for path, name in named:
        assert (ROOT / path).is_file(), path
        assert not name or re.search(rf"^def {name}\(", (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE), name


@EACH
def test_what_is_left_to_the_report_is_asked_for_there(page: Path) -> None:
    report = "".join(text_of(block) for block in blocks(docx.Document(io.BytesIO(pack(page.stem).report))))
    for row in _rows(page):
        if left := re.search(r"写在文字报告：(.+)$", row.get("怎样算", "")):
            assert left[1] in report, row


def _ids(of: Pack, text: str) -> list[str]:
    """What looks like an id of the pack's indicators."""
    begins = "|".join(sorted({re.sub(r"\d.*", "", each.id) for each in of.indicators}))
    return re.findall(rf"(?<![A-Za-z0-9])(?:{begins})\d[0-9A-Za-z-]*", text)


def _rows(page: Path) -> Iterator[dict[str, str]]:
    """The rows of the page's tables by heading."""
    heading: list[str] = []
    for line in page.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("|") else []
        if cells and heading and not set(line) <= set("|-: "):
            assert len(cells) == len(heading), line
            yield dict(zip(heading, cells, strict=True))
        heading = (heading or cells) if cells else []


def _places(text: str) -> list[tuple[str, str]]:
    """Sheet and cell, also those of “D9、D10” and the two ends of “D9 至 D16”."""
    return [(sheet, cell) for sheet, cells in PLACES.findall(text) for cell in re.findall(CELL, cells)]


@cache
def _asked(id: str) -> dict[tuple[str, str], tuple[str, ...]]:
    """Sheet and cell of the form → what it asks."""
    found = {}
    for sheet in openpyxl.load_workbook(io.BytesIO(pack(id).form)):
        for row in sheet.iter_rows():
            for cell in row:
                slot = read_slot(cell.value) if isinstance(cell.value, str) else None
                if slot:
                    found[sheet.title, cell.coordinate] = slot.expressions
    return found
