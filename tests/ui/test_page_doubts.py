"""疑点 in the audit by keyboard and mouse: found, gone to, put right with one key, brought back, said to be right, switched off."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from models.doubts.kinds import ALIKE, OUTLIER, SLIP, TWICE
from models.ledgers.economy import ECONOMY
from models.ledgers.enterprise import ENTERPRISE
from models.ledgers.issue import ISSUE
from models.ledgers.land import PARCEL
from models.packs.pack import pack
from models.periods import Period
from models.store.batches import batch
from models.store.file import DataFile
from models.store.history import done
from models.store.rows import Rows
from models.store.zones import create_zone
from tests.models.demo_rows import named
from tests.ui.desk import Desk, texts
from tests.ui.doubtful import area_in_mu, make_doubtful
from tests.ui.issued import issue_as_is
from ui.app import make_window
from ui.asked import Asked
from ui.pages.audit_doubts import APART
from ui.pages.audit_rows import DOUBTS, SETTINGS
from ui.pages.audit_settings import decide

Key, Ctrl, Shift = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
DOUBLED = named("P013")
WORDS = "并入赣州某某电子有限公司，收入并表计算"


@pytest.fixture
def page(desk):
    return desk.turn("audit")


@pytest.fixture
def doubtful(desk, page):
    """The page over a zone with more to doubt; the names by what was done to them."""
    names = make_doubtful(desk.file, desk.session.zone, Period(2025))
    desk.session.note_written()
    desk.settle()
    desk.click(page.groups[DOUBTS])
    return names


def kinds(page):
    return [row[1] for row in texts(page.list)]


def choose(desk, page, kind, name):
    place = next(
        n for n, row in enumerate(page.list.lines.rows) if row.of.kind.id == kind and row.of.title.name == name
    )
    desk.click_row(page.list, place, 3)


def value(desk, row, field):
    with desk.file.reading() as connection:
        return Rows(connection, desk.session.zone).values_of(ECONOMY, [row], [field])[row][field]


def test_doubts_are_counted_beside_the_findings_and_do_not_change_the_verdict(desk, page):
    assert page.groups[DOUBTS].text() == "疑点 1"
    assert page.verdict.text() == "还不能签发：强制 6 处要改，核实 4 处要说明"
    desk.click(page.groups[DOUBTS])
    (line,) = texts(page.list)
    assert line[:3] == ["疑点", SLIP, "经济数据"]
    assert line[3].startswith(
        f"{DOUBLED} 营业收入 去年 6,508.12 万元，今年 65,211.30 万元，约为 10 倍（10.0 倍）；人均 741.04，同行业"
    )
    assert line[4] == "按 F9 除以 10；不是单位错：写明原因"
    assert texts(page.doubt.values) == [["营业收入（万元）", "65,211.30", "6,508.12", "10.0", "6,521.13"]]
    assert page.doubt.isVisible()
    assert not page.detail.isVisible()


def test_one_key_puts_it_right_and_ctrl_z_brings_it_back(desk, page):
    desk.click(page.groups[DOUBTS])
    desk.press(Key.Key_F8)
    doubt = page.list.current()
    desk.press(Key.Key_F9)
    assert value(desk, doubt.row, "rev") == 6521_1300
    assert done(desk.file)[0].title == f"更正量级：营业收入 ÷10 · {DOUBLED}"
    assert desk.window.status.said.text().startswith("已更正量级：营业收入 ÷10")
    assert (page.list.lines.rows, page.groups[DOUBTS].text()) == ([], "疑点 0")
    assert "没有疑点" in page.doubt.title.text()
    assert not [name for rule, name in desk.findings() if name == DOUBLED]  # what rules found of it is gone with it
    desk.press(Key.Key_Z, Ctrl)
    assert value(desk, doubt.row, "rev") == 65_211_3000
    assert kinds(page) == [SLIP]
    assert ("P013", DOUBLED) in desk.findings()
    desk.press(Key.Key_Y, Ctrl)
    assert value(desk, doubt.row, "rev") == 6521_1300


def test_an_area_typed_in_mu_is_put_right_with_the_same_key(desk, page):
    """宗地 is kept without years: what stands beside it on its own row tells, and the finding about it offers the key too."""
    area_in_mu(desk.file, desk.session.zone)
    desk.session.note_written()
    desk.settle()
    place = next(n for n, row in enumerate(page.list.lines.rows) if row.of.rule.id == "L003")
    desk.click_row(page.list, place, 3)
    assert page.detail.fix.text() == "按亩换算（F9）"
    desk.click(page.groups[DOUBTS])
    place = next(n for n, row in enumerate(page.list.lines.rows) if row.of.ledger is PARCEL)
    desk.click_row(page.list, place, 3)
    assert "像是按亩填的（这里要填㎡）" in page.doubt.words.text()
    assert page.doubt.fix.text() == "按亩换算（F9）"
    assert page.doubt.doubt.heads == ("项目", "现在", "改后")
    marks = [row.cells[1].fill for row in page.doubt.values.lines.rows]
    assert marks == ["warning_soft", *[""] * (len(marks) - 1)], "what stands beside it is not doubted"
    assert len(marks) > 1
    desk.press(Key.Key_F9)
    assert not [row for row in page.list.lines.rows if row.of.ledger is PARCEL]
    assert "L003" not in [rule for rule, _ in desk.findings()]
    desk.press(Key.Key_Z, Ctrl)
    place = next(n for n, row in enumerate(page.list.lines.rows) if row.of.ledger is PARCEL)
    desk.click_row(page.list, place, 3, double=True)
    assert desk.cell()[0] == "parcel"
    assert desk.cell()[2] == "宗地面积"


def test_of_a_kind_that_is_not_looked_for_it_is_not_said_that_there_is_none(desk, page):
    assert decide(desk.session, SLIP, "停用", "本区今年按元填报，量级差是对的")
    desk.settle()
    desk.click(page.groups[DOUBTS])
    assert page.doubt.title.text().startswith("没有疑点；量级停用了，没有看")
    page.doubter.doubts = None
    page._show_doubts()
    assert page.doubt.title.text() == "正在找疑点…"


def test_a_finding_that_comes_from_a_slip_offers_the_same_key(desk, page):
    place = next(n for n, row in enumerate(page.list.lines.rows) if row.of.rule.id == "P013")
    desk.click_row(page.list, place, 3)
    assert page.detail.fix.isVisible()
    assert page.detail.fix.text() == "除以 10（F9）"
    desk.press(Key.Key_F9)
    assert "P013" not in [rule for rule, _ in desk.findings()]
    desk.press(Key.Key_Z, Ctrl)
    assert "P013" in [rule for rule, _ in desk.findings()]
    other = next(
        n for n, row in enumerate(page.list.lines.rows) if row.of.rule.id == "P014" and row.of.title.name != DOUBLED
    )
    desk.click_row(page.list, other, 3)
    assert not page.detail.fix.isVisible()
    before = len(done(desk.file))
    desk.press(Key.Key_F9)
    assert len(done(desk.file)) == before
    assert "没有能一键更正" in desk.window.status.said.text()


def test_f8_goes_from_doubt_to_doubt_and_on_a_ledger_to_the_cell(desk, page, doubtful):
    assert desk.window.status.selected.text().startswith("第 1 / ")
    desk.press(Key.Key_F8)
    second = page.list.current()
    desk.press(Key.Key_F8, Shift)
    assert page.list.current() is not second
    desk.turn("ent_period")
    desk.window.current.grid.setFocus()
    desk.press(Key.Key_F8)
    assert desk.cell() == ("ent_period", second.title.name, ECONOMY.by_id[second.fields[0]].label)


def test_a_row_in_another_unit_is_put_right_as_a_whole(desk, page, doubtful):
    choose(desk, page, SLIP, doubtful["整行"])
    doubt = page.list.current()
    assert "这一行的金额都这样" in doubt.message
    before = {name: value(desk, doubt.row, name) for name in doubt.fields}
    assert len(before) > 10
    desk.click_text("除以 10（F9）")
    assert all(value(desk, doubt.row, name) * 10 == old for name, old in before.items())
    assert doubtful["整行"] not in [row.of.title.name for row in page.list.lines.rows]
    desk.press(Key.Key_Z, Ctrl)
    assert {name: value(desk, doubt.row, name) for name in doubt.fields} == before


def test_enter_and_the_button_go_to_the_cell(desk, page, doubtful):
    choose(desk, page, SLIP, doubtful["资产"])
    desk.press(Key.Key_Return)
    assert desk.cell() == ("ent_period", doubtful["资产"], "资产总计")
    desk.turn("audit")
    choose(desk, page, ALIKE, doubtful["近名"])
    assert texts(page.doubt.values)[0][0] == doubtful["近名"]
    desk.click_text("到这一家")
    assert desk.cell()[:2] == ("enterprise", doubtful["近名"])


def test_two_that_are_one_are_put_together_from_here(desk, page, doubtful):
    choose(desk, page, ALIKE, doubtful["近名"])
    desk.click_text("合并成一条…")
    strip = desk.window.current.strips.unite
    assert strip.isVisible()
    assert f"留下“{doubtful['近名']}" in strip.told.text()
    desk.click(strip.button)
    desk.turn("audit")
    assert ALIKE not in kinds(page)
    desk.press(Key.Key_Z, Ctrl)
    assert ALIKE in kinds(page)


def test_a_doubt_is_said_to_be_right_until_its_value_changes(desk, page, doubtful):
    choose(desk, page, SLIP, DOUBLED)
    count = page.groups[DOUBTS].text()
    desk.click_text("已核实…")
    desk.type("核实无误")
    assert not page.doubt.editor.keep.isEnabled()
    desk.press(Key.Key_A, Ctrl)
    desk.type(WORDS)
    desk.press(Key.Key_Return, Ctrl)
    assert texts(page.list)[[row.of.title.name for row in page.list.lines.rows].index(DOUBLED)][0] == "已核实"
    assert page.doubt.said.text() == f"已核实：{WORDS}"
    assert int(page.groups[DOUBTS].text().split()[1]) == int(count.split()[1]) - 1
    assert done(desk.file)[0].title == f"已核实 量级 · {DOUBLED}"
    desk.click_text("到这一格")
    desk.type("65211.31")
    desk.press(Key.Key_Return)
    desk.turn("audit")
    assert page.groups[DOUBTS].text() == count
    choose(desk, page, SLIP, DOUBLED)
    assert "不再算数：数后来变了" in page.doubt.said.text()


def test_a_reason_half_written_is_kept(desk, page, doubtful):
    choose(desk, page, SLIP, DOUBLED)
    desk.press(Key.Key_F7)
    desk.type("并入赣州")
    desk.session.write(
        "录入", "同事改了一格", lambda work: work.add(ISSUE, {"issue_no": "WT9", "raise_date": 20250601})
    )
    desk.settle()  # looked at again meanwhile
    assert page.doubt.editor.text.toPlainText() == "并入赣州"
    desk.type("某某")
    choose(desk, page, SLIP, doubtful["资产"])
    choose(desk, page, SLIP, DOUBLED)
    desk.press(Key.Key_F7)
    assert page.doubt.editor.text.toPlainText() == "并入赣州某某"


def test_a_kind_is_switched_off_with_a_reason_and_back(desk, page, doubtful):
    choose(desk, page, ALIKE, doubtful["近名"])
    desk.click_text("不看这类疑点…")
    assert page.group == SETTINGS
    assert page.setting.title.text() == "近名 疑点 · 企业"
    desk.type("本区企业多，名称相近的都已分清")
    desk.press(Key.Key_Return, Ctrl)
    assert "停用 近名" in page.setting.trace.text()
    desk.click(page.groups[DOUBTS])
    assert ALIKE not in kinds(page)
    desk.click(page.groups[SETTINGS])
    page.list.select(next(n for n, row in enumerate(page.list.lines.rows) if getattr(row.of, "id", "") == ALIKE))
    desk.click_text("恢复这类疑点")
    desk.click(page.groups[DOUBTS])
    assert ALIKE in kinds(page)


def test_one_written_under_two_parks_leads_to_both_and_is_not_united(desk, page):
    create_zone(desk.file, "36070101", "香港产业园", parent_code="360701", role="3")
    with batch(desk.file, "36070101", "录入", "又录了一遍") as work:
        twin = work.add(ENTERPRISE, {"ent_name": DOUBLED.replace("有限公司", "股份有限公司")})
    desk.session.note_written()
    desk.settle()
    desk.click(page.groups[DOUBTS])
    desk.click_row(page.list, kinds(page).index(ALIKE), 3)
    doubt = page.doubt.doubt
    assert "在香港产业园" in doubt.message or doubt.row == twin
    assert page.doubt.unfixed.text() == APART
    assert not page.doubt.unite.isVisible()
    zones = {doubt.zone}
    desk.click_text("到另一家")
    zones.add(desk.session.zone)
    assert zones == {"360701", "36070101"}
    assert desk.window.nav.items["enterprise"].isChecked()


def test_a_threshold_is_changed_with_a_trace(desk, page):
    desk.click(page.groups[SETTINGS])
    page.list.select(next(n for n, row in enumerate(page.list.lines.rows) if getattr(row.of, "name", "") == "量级容差"))
    assert "原来是 1.8倍" in page.setting.what.text()
    page.list.setFocus()
    desk.press(Key.Key_Return)
    desk.type("1.001")
    desk.press(Key.Key_Tab)
    desk.type("本区企业增长快，只看正好差十倍的")
    desk.press(Key.Key_Return, Ctrl)
    assert "量级容差 改为 1.001倍" in page.setting.trace.text()
    desk.click(page.groups[DOUBTS])
    assert kinds(page) == [OUTLIER]  # no slip now, but far from its peers all the same
    assert "人均营业收入 741.04 万元/人" in texts(page.list)[0][3]
    desk.press(Key.Key_Z, Ctrl)
    assert kinds(page) == [SLIP]


def test_a_figure_told_differently_to_another_return_is_a_doubt(desk, page):
    session, asked = desk.session, desk.auditor.asked
    issue_as_is(desk.file, Asked(asked.zone, asked.zones, asked.period, pack("工信")))
    session.write(
        "录入", "补记一个问题", lambda work: work.add(ISSUE, {"issue_no": "WT2025-9999", "raise_date": 20250601})
    )
    desk.settle()
    desk.click(page.groups[DOUBTS])
    place = kinds(page).index(TWICE)
    desk.click_row(page.list, place, 3)
    assert "问题提出：台办（照现在的台账）是" in page.doubt.words.text()
    assert "最后一步是“补记一个问题”" in page.doubt.words.text()
    desk.click_text("到报表")
    assert desk.window.nav.items["returns"].isChecked()


def test_another_year_has_its_own_doubts(desk, page):
    desk.click(page.groups[DOUBTS])
    desk.session.show_scope(period=Period(2023))
    desk.auditor.run()
    desk.settle()
    assert [row.of.kind.id for row in page.list.lines.rows if row.of.kind.id != OUTLIER] == []
    desk.session.show_scope(period=Period(2025))
    desk.auditor.run()
    desk.settle()
    assert kinds(page) == [SLIP]


def test_a_file_for_looking_only_shows_doubts_and_offers_nothing_that_writes(qtbot, demo, tmp_path, look):
    path = Path(shutil.copy(demo, tmp_path / "看.db"))
    with DataFile(path, read_only=True) as file:
        window = make_window(file, look, period=Period(2025), page="home")
        qtbot.addWidget(window)
        desk = Desk(qtbot, window, file)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        page = desk.turn("audit")
        desk.click(page.groups[DOUBTS])
        assert kinds(page) == [SLIP]
        assert page.doubt.words.isVisible()
        for button in (page.doubt.fix, page.doubt.explain, page.doubt.off):
            assert not button.isVisible()
        desk.press(Key.Key_F9)
        assert kinds(page) == [SLIP]
        desk.leave()
