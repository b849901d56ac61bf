"""What the program works out stands in form and table: read only, with its formula, anew after every change that it follows from."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from models.ledgers import BY_ID
from models.periods import Period
from models.store.batches import batch
from tests.ui.conftest import Hands
from ui.form import NOW
from ui.table.derived import PAUSE

Key = Qt.Key
FACTORY, LEASE, PARCEL, ZONE_YEAR = (BY_ID[name] for name in ("factory", "factory_lease", "parcel", "zone_year"))


@pytest.fixture
def factories(window):
    """Two finished factories, one of them let in part, and one that is being built."""
    session = window.session
    with batch(session.file, session.zone, "录入", "厂房") as work:
        parcel = work.add(PARCEL, {"parcel_no": "G1", "area_m2": 20_000_00})
        made = [
            work.add(
                FACTORY,
                {"fac_no": no, "fac_name": f"{no}号厂房", "parcel": parcel, "bld_m2": 3000_00, "rentable_m2": let, "done_date": day},
            )
            for no, let, day in (("1", 1000_00, 20240101), ("2", 2000_00, 20240101), ("3", None, None))
        ]  # fmt: skip
        firm = session.names.all(BY_ID["enterprise"], session.zone)
        ent = next(iter(firm)).value
        work.add(LEASE, {"fac": made[0], "ent": ent, "area_m2": 333_33, "from_date": 20250101})
    session.note_written()
    hands = Hands(window, "factory")
    hands.model.rearrange("使用")
    return hands


def waited(qtbot, told, wanted):
    qtbot.waitUntil(lambda: told() == wanted, timeout=5000)


def in_form(form, label):
    row = next(n for n, each in enumerate(form.model.fields) if each.field.label == label)
    return form.model.index(row, NOW).data()


def column(hands, label):
    return [hands.text(row, label) for row in range(hands.model.known)]


def test_the_table_shows_what_is_worked_out(factories):
    assert column(factories, "使用率") == ["33.33", "0.00", ""]
    assert column(factories, "使用状态") == ["部分使用", "竣工未用", "在建"]
    assert factories.model.heads[factories.column("已使用面积")].unit == "㎡"


def test_the_usual_columns_are_those_to_be_filled_in(factories):
    factories.model.rearrange("常用")
    assert "使用率" not in [shown.field.label for shown in factories.model.columns]
    factories.model.rearrange("全部")
    labels = [shown.field.label for shown in factories.model.columns]
    assert labels[labels.index("可租售面积") :] == ["可租售面积", "已使用面积", "使用率", "使用状态"]


def test_the_form_shows_it_after_a_moment_and_with_its_unit(factories, qtbot):
    form = factories.page.form
    factories.at(0, "可租售面积")
    waited(qtbot, lambda: in_form(form, "使用率"), "33.33")
    assert in_form(form, "使用状态") == "部分使用"
    notes = {
        form.model.index(r, 0).data(): form.model.cell(form.model.index(r, 0)).note
        for r in range(len(form.model.fields))
    }
    assert notes["使用率"] == "%"
    factories.press(Key.Key_Down)
    waited(qtbot, lambda: in_form(form, "使用状态"), "竣工未用")


def test_its_formula_is_told_when_pointed_at(factories):
    factories.at(0, "使用率")
    form = factories.page.form.model
    row = next(n for n, each in enumerate(form.fields) if each.field.label == "使用率")
    assert "由程序算出：已使用面积 ÷ 可租售面积 × 100" in form.index(row, 0).data(Qt.ItemDataRole.ToolTipRole)
    heading = factories.model.headerData(
        factories.column("使用状态"), Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole
    )
    assert max(map(len, heading.split("\n"))) <= 60


def test_a_key_stroke_waits_for_nothing(factories, qtbot, monkeypatch):
    asked = []
    derived = factories.model.derived
    monkeypatch.setattr(derived, "_learn", lambda lines, real=derived._learn: (asked.append(len(lines)), real(lines)))
    factories.at(0, "可租售面积").type("500").press(Key.Key_Return)
    assert asked == []  # written and shown; what follows from it is not yet worked out
    waited(qtbot, lambda: factories.text(0, "使用率"), "66.67")
    factories.at(0, "可租售面积").press(Key.Key_Down, times=2)
    QApplication.processEvents()
    before = len(asked)
    qtbot.wait(3 * PAUSE)
    assert len(asked) == before  # known already


def test_typing_changes_what_follows_and_undo_takes_it_back(factories, qtbot):
    form = factories.page.form
    factories.at(0, "可租售面积").type("333.33").press(Key.Key_Return).press(Key.Key_Up)
    waited(qtbot, lambda: (in_form(form, "使用率"), factories.text(0, "使用状态")), ("100.00", "满租"))
    factories.window.session.undo()
    waited(qtbot, lambda: (in_form(form, "使用率"), factories.text(0, "使用状态")), ("33.33", "部分使用"))


def test_a_row_of_another_ledger_changes_it(factories, qtbot):
    session, model = factories.window.session, factories.model
    factories.at(1, "可租售面积")
    line = model.line(1)
    ent = next(iter(session.names.all(BY_ID["enterprise"], session.zone))).value
    lease = {"fac": line.id, "ent": ent, "area_m2": 500_00, "from_date": 20250601}
    assert session.write("录入", "新增厂房入驻", lambda work: work.add(LEASE, lease))
    waited(qtbot, lambda: factories.text(1, "使用率"), "25.00")
    waited(qtbot, lambda: in_form(factories.page.form, "已使用面积"), "500.00")


def test_another_period_has_its_own(factories, qtbot):
    factories.window.session.show_scope(period=Period(2024))
    waited(qtbot, lambda: column(factories, "使用状态"), ["竣工未用", "竣工未用", "在建"])
    factories.window.session.show_scope(period=Period(2023))
    waited(qtbot, lambda: column(factories, "使用状态"), ["在建"] * 3)


@pytest.mark.parametrize("key", [Key.Key_F2, Key.Key_Delete, Key.Key_5])
def test_it_cannot_be_typed_into_and_says_why(factories, key):
    said = []
    factories.window.session.said.connect(lambda text, tone: said.append((text, tone)))
    factories.at(0, "使用率").press(key)
    assert factories.text(0, "使用率") == "33.33"
    if key != Key.Key_F2:
        assert said == [("“使用率”由程序算出：已使用面积 ÷ 可租售面积 × 100", "error")]
    form = factories.page.form
    row = next(n for n, each in enumerate(form.model.fields) if each.field.label == "已使用面积")
    form.grid.go(row, NOW)
    form.grid.setFocus()
    factories.press(key)
    assert form.grid.state() != form.grid.State.EditingState
    if key != Key.Key_F2:
        assert said[-1][0].startswith("“已使用面积”由程序算出：合计(厂房入驻.租用面积")


def test_a_paste_goes_round_it(factories, qtbot):
    QApplication.clipboard().setText("800\t1\t2\t3")
    factories.at(0, "可租售面积").press(Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    waited(qtbot, lambda: column(factories, "使用率")[0], "41.67")
    assert factories.text(0, "可租售面积") == "800.00"


def test_it_is_copied_and_added_up(factories, qtbot):
    factories.at(0, "已使用面积")
    factories.grid.go(1, factories.column("使用率"), extend=True)
    factories.press(Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "333.33\t33.333\r\n0.00\t0.00"
    told = []
    factories.window.session.selected.connect(told.append)
    factories.at(0, "已使用面积")
    factories.grid.go(1, factories.column("已使用面积"), extend=True)
    assert told[-1] == "选中 2 格　合计 333.33 ㎡　平均 166.67"


@pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen platform, of a menu
def test_the_table_is_sorted_by_it(factories):
    """By the menu of the heading: down to 升序, Enter."""

    def choose():
        menu = QApplication.activePopupWidget()
        for key in (Key.Key_Down, Key.Key_Return):
            QTest.keyClick(menu, key)

    heading, place = factories.grid.heading, factories.column("使用率")
    factories.grid.reveal(place)
    heading.customContextMenuRequested.emit(QPoint(heading.sectionViewportPosition(place) + 5, 5))
    choose()
    assert column(factories, "使用率") == ["0.00", "33.33", ""]
    assert column(factories, "厂房名称") == ["2号厂房", "1号厂房", "3号厂房"]


def test_the_zone_shows_its_years(window, qtbot):
    session = window.session
    hands = Hands(window, "zone")
    with batch(session.file, session.zone, "录入", "年度") as work:
        work.add(ZONE_YEAR, {"va_ind_up": 10_000_0000}, Period(2020))
        for year in range(2021, 2026):
            work.add(ZONE_YEAR, {"va_growth_const": 10_0000, "energy_tce": 5000_00}, Period(year))
    session.note_written()
    form = hands.page.form
    hands.at(0, "开发区全称")
    names = list(form.sections)
    form.tabs.choose(names.index("能耗与环境"))
    waited(qtbot, lambda: in_form(form, "规上工业可比价增加值"), "16,105.10")
    assert in_form(form, "规上工业单耗") == "0.3105"


def test_where_there_is_no_row_there_is_nothing(window, qtbot):
    hands = Hands(window, "zone")
    form = hands.page.form
    hands.at(0, "开发区全称")
    form.tabs.choose(list(form.sections).index("能耗与环境"))
    qtbot.wait(3 * PAUSE)
    assert in_form(form, "规上工业单耗") == ""
