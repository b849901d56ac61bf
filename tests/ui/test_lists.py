"""Every list field by code, characters, full pinyin and initials, in the table and in the form; dates in the form."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from models.codes import code_list
from models.kinds import Choice, Flag, Reference
from models.ledgers import LEDGERS
from ui.table.lines import _two_lines
from ui.table.reading import options

Key, Ctrl = Qt.Key, Qt.KeyboardModifier.ControlModifier
CHOICES = {field.kind.codes: field for each in LEDGERS for field in each.fields if isinstance(field.kind, Choice)}
FLAGS = [field for each in LEDGERS for field in each.fields if isinstance(field.kind, Flag)]
REFERENCES = [(each.id, field) for each in LEDGERS for field in each.fields if isinstance(field.kind, Reference)]
NOBODY = None  # codes and flags are the same for every session
OFFERED = 60  # of a list of thousands, by initials that many share


class Beside:
    """The form of a record, as the table's hands."""

    def __init__(self, hands, row):
        self.hands, self.form = hands, hands.page.form
        self.grid = self.form.grid
        hands.at(row, "单位详细名称")

    def at(self, row, label):
        field = next(f for columns in self.form.sections.values() for f in columns if f.field.label == label)
        self.form.show_field(field.field.id)
        self.grid.setFocus()
        return self

    def type(self, text):
        self.hands.type(text)
        return self

    def press(self, *keys):
        self.hands.press(*keys)
        return self

    def text(self, row, label):
        place = next(n for n, f in enumerate(self.form.model.fields) if f.field.label == label)
        return self.form.model.index(place, 1).data()


@pytest.fixture(params=["table", "form"])
def place(roster, request):
    roster.page.model.rearrange("全部")
    return roster if request.param == "table" else Beside(roster, 2)


@pytest.mark.parametrize(
    ("label", "typed", "shown"),
    [
        ("行业代码", "3973", "集成电路制造"),
        ("行业代码", "集成电路制", "集成电路制造"),
        ("行业代码", "jichengdianluzhizao", "集成电路制造"),
        ("行业代码", "jcdlzz", "集成电路制造"),
        ("资本构成标记", "taizi", "台资"),
        ("资本构成标记", "ｔｚ", "台资"),
        ("行业龙头", "s", "是"),
        ("行业龙头", "fou", "否"),
    ],
)
def test_a_list_by_code_characters_pinyin_and_initials(place, label, typed, shown):
    place.at(2, label).type(typed).press(Key.Key_Return)
    assert place.text(2, label) == shown


@pytest.mark.parametrize(
    ("typed", "kept"), [("20231105", "2023-11-05"), ("2023.11", "2023-11"), ("2023年11月", "2023-11"), ("", "")]
)
def test_dates_in_the_form_are_read_as_written_and_may_be_blank(roster, typed, kept):
    form = Beside(roster, 2).at(2, "成立时间")
    form.press(Key.Key_F2).press(Key.Key_A, Ctrl).press(Key.Key_Delete).type(typed).press(Key.Key_Return)
    assert form.text(2, "成立时间") == kept


@pytest.mark.parametrize("codes", CHOICES)
def test_every_code_of_every_list_is_offered_for_its_code_its_characters_and_its_letters(codes):
    field, known = CHOICES[codes], list(code_list(codes).values())
    step = max(1, len(known) // 20)  # of the longest lists a few dozen
    for code in known[::step]:
        for typed in filter(None, (code.code, code.name, code.pinyin, code.initials)):
            offered = [each.value for each in options(NOBODY, field, typed)[:OFFERED]]
            assert code.code in offered, typed


@pytest.mark.parametrize("field", FLAGS, ids=lambda field: field.id)
def test_every_flag_is_offered_for_a_letter(field):
    for typed, value in (("", 1), ("s", 1), ("shi", 1), ("是", 1), ("1", 1), ("f", 0), ("fou", 0), ("否", 0), ("0", 0)):
        assert value in [each.value for each in options(NOBODY, field, typed)]


def test_every_reference_is_offered_for_the_name_of_a_record(desk):
    found = 0
    for _, field in REFERENCES:
        for each in desk.session.names.all(_ledger(field), desk.session.zone)[:3]:
            offered = options(desk.session, field, each.text)
            assert each.value in [one.value for one in offered]
            found += 1
    assert found > 10


def _ledger(field):
    return next(each for each in LEDGERS if each.id == field.kind.ledger)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("cq", "重庆市"), ("chongqing", "重庆市"), ("changsha", "长沙市"), ("xiamen", "厦门市"), ("la", "六安市"),
        ("luan", "六安市"), ("lp", "乐平市"), ("leping", "乐平市"), ("zgq", "章贡区"), ("ganzhou", "赣州市"),
        ("jiangxi", "江西省"), ("360703", "南康区"),
    ],
)  # fmt: skip
def test_places_are_found_as_they_are_read_and_without_the_last_word(typed, first):
    assert code_list("行政区划").search(typed)[0].name == first


@pytest.mark.parametrize("codes", ["行政区划", "国民经济行业"])
def test_the_longest_lists_narrow_at_once(codes):
    """Under a tenth of a second a key, whatever was typed; on this machine it takes a fifth of that."""
    search = code_list(codes).search
    search("z")
    for typed in ("a", "g", "gz", "36", "电子", "zzz", "changsha"):
        took = []
        for _ in range(3):  # the least: others work on this machine too
            begun = time.perf_counter()
            search(typed)
            took.append(time.perf_counter() - begun)
        assert min(took) < 0.1, typed


def test_a_popup_of_the_longest_list_follows_the_keys(roster):
    roster.page.model.rearrange("全部")
    roster.at(0, "行业代码").type("j")
    choices = QApplication.focusWidget().choices
    assert choices.isVisible()
    roster.type("cdl")
    assert choices.marked().text == "集成电路设计" or choices.marked().text == "集成电路制造"


def test_a_figure_is_never_broken_at_its_point(look):
    metrics = QFontMetrics(look.font(12.5))
    text = "凭证 DEMO2021：汇率 0.1550 与折美元 1,197.25 万相差超过 1%"
    for width in range(60, metrics.horizontalAdvance(text), 3):
        end = _two_lines(text, metrics, width).index("\n")
        broken = text[end - 1].isdigit() and text[end] in ".," and text[end + 1].isdigit()
        assert not broken, text[:end]
