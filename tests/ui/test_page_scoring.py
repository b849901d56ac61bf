"""评价: every enterprise with rank, class and points, why, what would lift it, and who does not take part."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import Qt

from models.ledgers import BY_ID
from models.packs.pack import pack
from models.packs.schemes import schemes
from models.scoring import Left, Scored
from tests.ui.desk import texts
from ui.commands.run import run_command


@pytest.fixture
def page(desk):
    return desk.turn("scoring")


def test_ranks_classes_and_points_stand_there_and_who_is_left_out_with_the_reason(page):
    rows = texts(page.list)
    found = page.scores
    assert len(rows) == len(found.scored) + len(found.left)
    assert [row[0] for row in rows[: len(found.scored)]] == [str(each.rank) for each in found.scored]
    assert [row[2] for row in rows[: len(found.scored)]] == [each.grade for each in found.scored]
    assert {row[2] for row in rows[len(found.scored) :]} == {"不评"}
    left = page.list.lines.rows[len(found.scored)]
    assert left.cells[1].note == left.of.reason
    counts = [f"{g.name} {sum(e.grade == g.name for e in found.scored)}" for g in found.scheme.grades]
    assert " · ".join(counts) in page.header.fact.text()
    assert "没有公开" in page.note.text()


def test_why_and_how_to_rise_by_keys(desk, page):
    first = page.list.current()
    assert isinstance(first, Scored)
    assert page.detail.lift.text() == "已在最好的一档"
    page.list.setFocus()
    while page.list.current().grade == first.grade:
        desk.press(Qt.Key.Key_Down)
    assert f"到 {first.grade} 档" in page.detail.lift.text()
    marks = page.list.current().marks
    assert [row[0] for row in texts(page.detail.list)] == [mark.item.name for mark in marks]
    assert f"第 {page.list.current().rank} 名" in page.detail.why.text()
    while not isinstance(page.list.current(), Left):
        desk.press(Qt.Key.Key_Down)
    assert page.detail.why.text() == f"没有参评：{page.list.current().reason}"


def test_enter_goes_to_the_record(desk, page):
    name = page.list.current().title.name
    page.list.setFocus()
    desk.press(Qt.Key.Key_Return)
    assert desk.cell()[:2] == ("ent_period", name)


def test_another_scheme_and_one_without_weights(desk, page):
    desk.click_text("规下企业亩产效益")
    assert page.scores.scheme.id == "MU02"
    desk.session.show_scope(pack="工信")
    desk.settle()
    desk.click_text("争先创优综合考评")
    assert page.note.text().startswith("官方权重没有公开，只列数，不打分。")
    assert [row[3] for row in texts(page.list)] == ["—"]
    assert page.detail.lift.text() == "不分档"


def test_a_return_without_schemes_says_so(desk, page):
    assert not schemes(pack("用地评价"))
    desk.session.show_scope(pack="用地评价")
    desk.settle()
    assert page.empty.isVisible()
    assert not page.box.isVisible()


def test_a_change_is_followed(desk, page):
    of = page.list.current()
    desk.session.write("录入", "改", lambda work: _set(work, of.row))
    desk.settle()
    assert page.scores.find(of.row).marks[0].value == 0


def _set(work, row):

    work.set(BY_ID["ent_period"], row, {"tax_paid": 0})


def test_the_command_says_the_same(desk, page, capsys):
    path = desk.file.path
    desk.file.close()
    assert (
        run_command(["scores", "--data", str(path), "--json", "--pack", "台办", "--period", "2025", "--scheme", "MU01"])
        == 0
    )
    told = json.loads(capsys.readouterr().out)
    assert [(each["rank"], each["grade"], each["name"]) for each in told if "rank" in each] == [
        (each.rank, each.grade, each.title.name) for each in page.scores.scored
    ]
    assert {each["left_out"] for each in told if "left_out" in each} == {each.reason for each in page.scores.left}
    assert run_command(["scores", "--data", str(path), "--pack", "台办", "--period", "2025", "--scheme", "MU0"]) == 2
    assert "没有“MU0”这个评分方案，是否想写" in capsys.readouterr().err
