"""The stranger's walk (tests/ui/stranger.py) goes through to the end, and what came of it is right."""

from __future__ import annotations

import openpyxl
import pytest

from models.store.backup import is_good
from tests.ui.stranger import GROWN, TAIWANESE, Stranger
from ui import app
from ui.pages.start import StartPage


@pytest.fixture
def stranger(qtbot, look, tmp_path):
    page = StartPage(look, tmp_path / "园区.db")
    qtbot.addWidget(page)
    page.show()
    steps: list[str] = []
    walker = Stranger(qtbot, page, tmp_path, lambda _, name: steps.append(name))

    def over(file):
        window = app.make_window(file, look)
        window.resize(1180, 760)
        qtbot.addWidget(window)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        return window

    walker.over, walker.steps = over, steps
    yield walker
    walker.desk.settle()


@pytest.mark.timeout(300)
def test_from_an_empty_file_to_the_printed_return(stranger):
    stranger.walk(stranger.over)
    assert (stranger.steps[0], stranger.steps[-1][3:]) == ("01-第一页", "图表")
    sheet = openpyxl.load_workbook(stranger.folder / "台办_2025.xlsx")["表TW-1"]
    printed = {str(row[0].value).strip(): [cell.value for cell in row] for row in sheet.iter_rows() if row[0].value}
    assert printed["台资企业产值"][3:5] == [5000, 4500]
    assert printed["营业收入"][3:5] == [5100, 4600]
    path = stranger.desk.file.path
    assert is_good(path)
    names = stranger.ledger("enterprise").model
    assert [names.name_of(n) for n in range(names.known)][:2] == [TAIWANESE, GROWN]
