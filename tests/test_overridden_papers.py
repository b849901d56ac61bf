"""A figure put in place by hand is seen as such wherever the return is told: narrative, charts, places, parks together."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import docx
import pytest
from docx.document import Document

from exporters.charts import Sheet
from exporters.charts.page import page
from exporters.charts.pen import Pen
from models.agenda import Due, changed_since
from models.change.parts import When, explain
from models.charts import CHANGED, ChartFigures
from models.demo import fill as fill_demo
from models.indicators import indicator_set
from models.overridden import reported_results, told_by_hand
from models.pace import GREEN, RED, standing
from models.packs.pack import pack
from models.parks import Together, together
from models.periods import Period
from models.progress import finish
from models.returns import Frame, ReturnFigures
from models.store.batches import batch
from models.store.file import DataFile
from models.store.overrides import overrides, put_override, withdraw
from models.store.versions import Version
from models.store.zones import create_zone, groups_of, pick, scope
from ui.asked import Asked
from ui.commands.run import run_command
from ui.papers import narrative

MAIN, OTHER, YEAR, TODAY = "360799", "360788", Period(2025), date(2026, 1, 5)
WHY = "两家企业的报表在途，按快报数填报。"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("改数") / "演示.db"
    with DataFile(path, who="王某") as file:
        fill_demo(file, zone=MAIN)
        create_zone(file, f"{MAIN}01", "示例分园", parent_code=MAIN)
        create_zone(file, OTHER, "另一园")
    return path


@pytest.fixture
def file(base: Path, tmp_path: Path) -> Iterator[DataFile]:
    path = tmp_path / "演示.db"
    path.write_bytes(base.read_bytes())
    with DataFile(path, who="王某") as opened:
        yield opened


def asked_of(file: DataFile) -> Asked:
    with file.reading() as connection:
        zone = pick(connection, MAIN)
        return Asked(zone, tuple(scope(connection, zone)), YEAR, pack("台办"))


def override(file: DataFile, item: str, typed: str) -> None:
    with batch(file, MAIN, "改数", f"改 {item}") as work:
        put_override(work, "台办", YEAR, item, typed=typed, why=WHY, calculated=None)


def take_back(file: DataFile) -> None:
    with batch(file, MAIN, "改数", "撤回") as work:
        for each in overrides(work.connection, MAIN, "台办", YEAR).values():
            withdraw(work, each)


def opened(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))


def texts(content: bytes) -> list[str]:
    return [each.text for each in opened(content).paragraphs]


def test_the_narrative_marks_it_and_ends_with_who_and_why(file: DataFile) -> None:
    asked = asked_of(file)
    plain = narrative(file, asked).narrative.content
    assert "※" not in "".join(texts(plain))
    override(file, "TW02", "777")
    made = narrative(file, asked).narrative.content
    assert "777※" in "".join(texts(made)[:-1])
    note = texts(made)[-1]
    assert note.startswith("注：※为人工改数，不是台账算出的数。台资企业数 原计算值 ")
    assert "，改为 777。理由：两家企业的报表在途，按快报数填报（王某 20" in note
    assert note.endswith("）。")


def test_what_the_clerk_wrote_stays_and_the_note_comes_and_goes(file: DataFile) -> None:
    asked = asked_of(file)
    override(file, "TW02", "777")
    kept = opened(narrative(file, asked).narrative.content)
    kept.paragraphs[4].insert_paragraph_before("这一段是我写的。")
    buffer = io.BytesIO()
    kept.save(buffer)
    again = narrative(file, asked, buffer.getvalue()).narrative
    assert again.kept == 1
    assert [text for text in texts(again.content) if text.startswith("注：※")] == texts(again.content)[-1:]
    take_back(file)
    clean = narrative(file, asked, again.content).narrative
    assert "※" not in "".join(texts(clean.content))
    assert "这一段是我写的。" in texts(clean.content)
    assert clean.kept == 1
    assert len(texts(clean.content)) == len(texts(narrative(file, asked).narrative.content)) + 1


def test_the_charts_draw_it_mark_it_and_say_why(file: DataFile) -> None:
    override(file, "TW02", "777")
    with file.reading() as connection:
        charts = ChartFigures(connection, pack("台办"), asked_of(file).zones, YEAR, TODAY)
        drawn = [charts.drawn(each) for each in pack("台办").charts]
    told = [each for each in drawn if each.notes]
    assert told
    (both,) = (each for each in told if each.chart.kind == "柱线")
    assert (both.bars[-1].value, both.bars[-1].source) == (777, CHANGED)
    assert both.bars[-2].source != CHANGED
    for each in drawn:
        leaf = page(Pen(), each, Sheet("示例产业园", "2025年", ""), (1, 1))
        said = [part.get_text() for part in leaf.artists if hasattr(part, "get_text")]
        assert any(text.startswith("※ 台资企业数 原计算值 ") for text in said) == bool(each.notes)
        marked = bool(each.notes) and not each.chart.whole  # of a whole only the note: its groups are calculated
        assert any("777※" in text for text in said) == marked


def test_charts_of_the_issued_figures_are_no_draft(file: DataFile) -> None:
    """Overridden figures are what the version says; charts and version agree."""
    override(file, "TW02", "777")
    asked = asked_of(file)
    with file.reading() as connection:
        results = ChartFigures(connection, asked.pack, asked.zones, YEAR, TODAY).results
    assert results["TW02"].value == 777


@pytest.mark.parametrize("every", [False, True])
def test_parks_together_take_what_the_return_says(file: DataFile, every: bool) -> None:
    def found() -> dict[str, Together]:
        with file.reading() as connection:
            groups = groups_of(connection, pick(connection, MAIN), every=every)
            return {each.indicator.id: each for each in finish(together(connection, pack("台办"), groups, YEAR, TODAY))}

    before = found()["TW02"]
    override(file, "TW02", "777")
    after = found()["TW02"]
    if every:  # the zone's own figure is its return's, with its sub-parks
        assert (after.each[MAIN], after.each[OTHER]) == (777, 0)
        assert set(after.changed) == {MAIN}
        assert after.value == before.value - before.each[MAIN] + 777
    else:  # the return is of all parks together
        assert after.each == before.each
        assert (after.value, set(after.changed)) == (Fraction(777), {""})


def test_the_indicators_page_and_the_home_page_have_the_figure_of_the_return(file: DataFile) -> None:
    """As 各园区, the form and the charts do: elsewhere a light would be red that the form has green. What the ledgers come to is kept."""
    asked = asked_of(file)
    override(file, "TW02", "777")
    with file.reading() as connection:
        found = {r.indicator.id: r for r in reported_results(connection, asked.pack, asked.zones, YEAR, TODAY)}
        plain = {r.indicator.id: r for r in indicator_set(asked.pack).results(connection, asked.zones, YEAR, TODAY)}
        part = reported_results(
            connection, asked.pack, [MAIN], YEAR, TODAY
        )  # of the main park alone there is no return
    one = found["TW02"]
    assert (one.value, one.calculated) == (777, plain["TW02"].value)
    assert told_by_hand(one).startswith(f"台资企业数 原计算值 {plain['TW02'].rounded}，改为 777。理由：")
    assert [of.light for each in (one, plain["TW02"]) if (of := standing(each, YEAR, TODAY))] == [GREEN, RED]
    assert all(found[id] == plain[id] for id in plain if id != "TW02")
    assert all(each.by is None for each in part)


def test_the_change_of_a_figure_by_hand_adds_up_with_the_hand_s_part(file: DataFile) -> None:
    asked = asked_of(file)
    override(file, "TW02", "777")
    when = When(asked.zones, YEAR, TODAY, asked.pack)
    with file.reading() as connection:
        found = reported_results(connection, asked.pack, asked.zones, YEAR, TODAY)
        result = next(each for each in found if each.indicator.id == "TW02")
        change = explain(result, indicator_set(asked.pack).figures["TW02"], connection, when)
        nothing = explain(replace(result, calculated=None), indicator_set(asked.pack).figures["TW02"], connection, when)
    (hand,) = change.basis
    assert result.calculated is not None
    assert (hand.words, hand.amount) == (f"报表上人工改数（{WHY.rstrip('。')}）", 777 - result.calculated)
    assert (change.why, change.remainder) == ("", 0)
    assert nothing.why == "台账算不出这个数，报表上的是人工改的"


def test_the_command_tells_it_too(file: DataFile, capsys: pytest.CaptureFixture[str]) -> None:
    override(file, "TW02", "777")
    asked = ["indicators", "--data", str(file.path), "--zone", MAIN, "--pack", "台办", "--period", "2025"]
    assert run_command([*asked, "--json"]) == 0
    told = {each["id"]: each for each in json.loads(capsys.readouterr().out)}
    assert told["TW02"]["value"] == "777"
    assert "改为 777" in told["TW02"]["overridden"]
    assert told["TW02"]["standing"]["light"] == GREEN
    assert run_command(asked) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any("777※" in line for line in lines)
    assert lines[-1].startswith("※ 台资企业数 原计算值 ")


def test_what_was_issued_with_it_has_not_changed_since(file: DataFile) -> None:
    """首页 asks for another version only where the return would say something else; 两说 takes what the return says too."""
    override(file, "TW02", "777")
    asked = asked_of(file)
    with file.reading() as connection:
        made = ReturnFigures(connection, asked.pack, Frame(asked.zone, YEAR, {}), asked.zones, TODAY)
        version = Version(b"", 1, "签发", "", "", made.figures)
        due = Due(asked.pack, YEAR, None, version, version, 0, 0, begun=True)
        assert changed_since(connection, due, asked.zones, TODAY) == []
    take_back(file)
    with file.reading() as connection:
        assert changed_since(connection, due, asked.zones, TODAY) == ["台资企业数"]
