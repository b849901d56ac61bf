"""Overridden figures, and the kinds of versions: 快报, 正式, 更正; what may follow what, what counts as last year's."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import openpyxl
import pytest

from exporters.overridden import CORRECTION, Table, tell
from exporters.paging import page_sheets
from exporters.seal import seal, verify
from models.demo import fill as fill_demo
from models.ledgers.project import PROJECT
from models.numbering import CORRECTED, FORMAL, QUICK
from models.packs.pack import pack
from models.periods import Period
from models.reported import reported
from models.returns import Frame, ReturnFigures
from models.store.batches import Refused, batch
from models.store.file import DataFile
from models.store.history import redo, undo
from models.store.overrides import confirm, overrides, put_override, withdraw
from models.store.versions import (
    ACCEPTED,
    LOCKED,
    REPORTED,
    SENT_BACK,
    keep_version,
    move,
    next_kinds,
    said,
    versions,
)
from models.store.zones import create_zone, pick, scope
from ui.asked import Asked
from ui.comparing import with_comparison
from ui.overriding import open_items
from ui.reporting import NotConfirmed, _kind, draft

YEAR, TODAY, CODE = Period(2025), date(2026, 1, 5), "360799"
WHY = "两家新设企业的执照在途，台账还没有登记"
SIGNED = dict.fromkeys(("单位负责人", "统计负责人", "填表人", "联系电话"), "某") | {"报出日期": "2026年01月05日"}


@pytest.fixture
def file(tmp_path):
    with DataFile(tmp_path / "改.db", who="王某") as opened:
        create_zone(opened, CODE, "示例产业园", short_name="示例园")
        yield opened


def asked_in(file):
    with file.reading() as connection:
        zone = pick(connection, CODE)
        return Asked(zone, tuple(scope(connection, zone)), YEAR, pack("台办"))


def made(file):
    asked = asked_in(file)
    with file.reading() as connection:
        return ReturnFigures(connection, asked.pack, Frame(asked.zone, YEAR, {}), asked.zones, TODAY)


def override(file, item="TW01", typed="9", why=WHY):
    now = made(file).calculation(item)
    with batch(file, CODE, "改数", f"改 {item}") as work:
        put_override(work, "台办", YEAR, item, typed=typed, why=why, calculated=now)


def test_an_override_stands_for_the_figure_and_says_who_and_why(file):
    first = pack("台办").indicators[0].id
    was = made(file).results[first].rounded
    override(file, first)
    figures = made(file)
    assert figures.results[first].value == figures.figures[first] == Fraction(9)
    assert figures.value("", first) == Decimal(9)
    (told,) = figures.overridden
    assert (told.calculated, told.by.who, told.by.why, told.open) == (was, "王某", WHY, False)
    assert told.by.at.startswith("20")
    assert "原计算值" in told.sentence
    assert "王某" in told.sentence


@pytest.mark.parametrize("why", ["", "核实无误", "情况属实", "无"])
def test_an_override_without_a_reason_is_refused(file, why):
    with pytest.raises(Refused, match="改数要写明理由"):
        override(file, why=why)
    assert not made(file).overrides


@pytest.mark.parametrize("typed", ["", "九", "1.2.3"])
def test_an_override_is_a_number(file, typed):
    with pytest.raises(ValueError, match=r"数|填"):
        override(file, typed=typed)


def test_it_is_withdrawn_undone_and_made_again(file):
    first = pack("台办").indicators[0].id
    override(file, first)
    (by,) = made(file).overrides.values()
    with batch(file, CODE, "改数", "撤回") as work:
        withdraw(work, by)
    assert not made(file).overrides
    undo(file)
    assert made(file).overrides
    undo(file)
    assert not made(file).overrides
    redo(file)
    assert made(file).value("", first) == 9


def test_the_other_periods_and_packs_keep_their_figures(file):
    override(file, pack("台办").indicators[0].id)
    with file.reading() as connection:
        assert not overrides(connection, CODE, "台办", YEAR.back())
        assert not overrides(connection, CODE, "工信", YEAR)


def test_a_changed_calculation_opens_it_again_until_it_is_confirmed(file):
    first = pack("台办").indicators[0].id
    override(file, first)
    fill_demo(file)
    figures = made(file)
    (told,) = figures.overridden
    assert told.open
    assert "重新确认" in open_items(figures.overridden)
    with batch(file, CODE, "改数", "确认") as work:
        confirm(work, told.by, told.calculated)
    figures = made(file)
    assert open_items(figures.overridden) == ""
    assert figures.value("", first) == 9


def test_the_workbook_shows_it(file):
    first = pack("台办").indicator("台资企业数")
    plain = openpyxl.load_workbook(io.BytesIO(draft(file, asked_in(file), marked=False, signed=SIGNED).content))
    override(file, first.id)
    content = draft(file, asked_in(file), marked=False, signed=SIGNED).content
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert set(book.sheetnames) - set(plain.sheetnames) == {"人工改数"}
    rows = list(book["人工改数"].iter_rows(values_only=True))
    (sheet, cell, name, *_, now, _gap, why, who, _at) = rows[2]
    assert (name, now, why, who) == (first.name, "9", WHY, "王某")
    sheet, cell = sheet.splitlines()[0], cell.splitlines()[0]
    assert book[sheet][cell].value == 9
    assert book[sheet][cell].fill.fgColor.rgb == "FFFFE0B2"
    assert "人工改数" in book[sheet].oddFooter.right.text
    coloured = [c for s in plain.sheetnames for r in book[s].iter_rows() for c in r if c.fill.fgColor.rgb == "FFFFE0B2"]
    assert 1 <= len(coloured) <= 3
    sealed = seal(content, {"version": "1"}, {"overrides": [each.to_json() for each in made(file).overridden]})
    assert verify(sealed.content).data["overrides"][0]["value"] == "9"


# --- kinds


def keep(file, kind=None, period=YEAR, value=7):
    with batch(file, CODE, "签发", "签发") as work:
        found = versions(work.connection, CODE, "台办", period)
        values = {"pack": "台办", "version": len(found) + 1, "state": "签发", "issued_at": "2026-01-05T08:00:00"}
        keep_version(work, period, {"TW01": Fraction(value)}, values | {"kind": kind})


def to(file, *states):
    for state in states:
        with file.reading() as connection:
            last = versions(connection, CODE, "台办", YEAR)[-1]
        with batch(file, CODE, "上报", state) as work:
            move(work, last, state, "缺附表" if state == SENT_BACK else "")


@pytest.mark.parametrize(
    ("steps", "may"),
    [
        ([], (FORMAL, QUICK)),
        ([(QUICK,)], (FORMAL, QUICK)),
        ([(QUICK, REPORTED, ACCEPTED)], (FORMAL, QUICK)),
        ([(QUICK, REPORTED, SENT_BACK)], (FORMAL, QUICK)),
        ([(None,)], (FORMAL, CORRECTED)),
        ([(FORMAL,)], (FORMAL, CORRECTED)),
        ([(FORMAL, REPORTED)], (CORRECTED,)),
        ([(FORMAL, REPORTED, SENT_BACK)], (FORMAL, QUICK)),
        ([(FORMAL, REPORTED, ACCEPTED)], (CORRECTED,)),
        ([(FORMAL, REPORTED, ACCEPTED, LOCKED)], (CORRECTED,)),
        ([(FORMAL, REPORTED, ACCEPTED), (CORRECTED,)], (CORRECTED,)),
        ([(FORMAL, REPORTED, ACCEPTED), (CORRECTED, REPORTED, SENT_BACK)], (CORRECTED,)),
        ([(QUICK,), (FORMAL,)], (FORMAL, CORRECTED)),
    ],
)
def test_what_may_be_issued_next(file, steps, may):
    for kind, *states in steps:
        keep(file, kind)
        to(file, *states)
    with file.reading() as connection:
        found = versions(connection, CODE, "台办", YEAR)
    assert next_kinds(found) == may
    for kind in (QUICK, FORMAL, CORRECTED):
        if kind in may:
            assert _kind(found, kind, WHY) == kind
        else:
            with pytest.raises(NotConfirmed, match="现在不能签发"):
                _kind(found, kind, WHY)


def test_a_correction_says_why(file):
    keep(file)
    with file.reading() as connection:
        found = versions(connection, CODE, "台办", YEAR)
    with pytest.raises(NotConfirmed, match="更正要写明理由"):
        _kind(found, CORRECTED, "核实无误")


def test_a_quick_version_is_never_last_years_figure(file):
    before = YEAR.back()
    keep(file, FORMAL, before, 7)
    keep(file, QUICK, before, 99)
    with file.reading() as connection:
        assert said(connection, CODE, "台办", before).no == 1
        assert said(connection, CODE, "台办", before, quick=True).no == 2
        assert reported(connection, CODE, pack("台办"), before)["TW01"][0] == 7


@pytest.mark.parametrize(("kind", "name"), [(CORRECTED, "更正对照表"), (FORMAL, "快报对照表")])
def test_a_later_version_carries_what_differs(file, kind, name):
    first = pack("台办").indicator("台资企业数")
    was = draft(file, asked_in(file), marked=False, signed=SIGNED).content
    override(file, first.id)
    now = draft(file, asked_in(file), marked=False, signed=SIGNED)
    content = with_comparison(was, now.content, figures=now.figures, kind=kind, why=WHY, before="某版")
    book = openpyxl.load_workbook(io.BytesIO(content))
    title, heads, *rows = list(book[name].iter_rows(values_only=True))
    assert f"与某版不同的 {len(rows)} 处" in title[0]
    mine = [row for row in rows if row[2] == first.name]
    assert mine
    sheet, cell, _, unit, before, after, gap, *why = mine[0]
    assert unit == first.unit
    assert (before, after, gap) == ("0", "9", "+9")
    assert why == [WHY] * (kind == CORRECTED)
    assert book[sheet][cell].value == 9
    assert len(heads) == len(rows[0])
    assert book[name].print_title_rows == "$2:$2"


def test_a_correction_says_whose_row_changed_and_which_row_went(file):
    fill_demo(file)
    was = draft(file, asked_in(file), marked=False, signed=SIGNED).content
    listed = {row[1]: row[5] for row in openpyxl.load_workbook(io.BytesIO(was))["表TW-3"].values if row[1]}
    gone, changed = [name for name in listed if name.endswith("项目")][2:5:2]
    with file.reading() as connection:
        ids = dict(connection.exec_driver_sql("SELECT proj_name, id FROM project").all())
    with batch(file, CODE, "录入", "改") as work:
        work.remove(PROJECT, [ids[gone]])
        work.set(PROJECT, ids[changed], {"inv_total": 1_234_500_000})
    now = draft(file, asked_in(file), marked=False, signed=SIGNED)
    content = with_comparison(was, now.content, figures=now.figures, kind=CORRECTED, why=WHY, before="某版")
    found = [row for row in openpyxl.load_workbook(io.BytesIO(content))[CORRECTION].values if row[0] == "表TW-3"]
    assert [row[2] for row in found if row[1] == "整行"] == [f"删去原第 3 行 {gone}"]
    (row,) = (row for row in found if row[2] == f"第 4 行 {changed} · 总投资(万元)")
    assert row[4:6] == (f"{listed[changed]:,.0f}", "123,450")
    others = [row[2] for row in found[1:] if row[1] != "整行" and changed not in row[2]]
    assert all(each.startswith(("合计", "说明")) for each in others)


def test_a_long_table_of_differences_has_its_heads_on_every_page(file):
    content = draft(file, asked_in(file), marked=True).content
    table = Table("更正对照表", "题", ("表", "格"), [("表TW-1", f"D{number}") for number in range(150)])
    told = tell(content, {}, [table, replace(table, name="快报对照表")], draft=True)
    pages = [sheet.pages for sheet in page_sheets(told) if sheet.name in {"更正对照表", "快报对照表"}]
    assert [len(each) for each in pages] == [len(pages[0])] * 2
    assert len(pages[0]) > 3
    for page in (*pages[0], *pages[1]):
        assert ["表", "格"] in [[cell.text for cell in page.cells][at : at + 2] for at in (0, 1)]
