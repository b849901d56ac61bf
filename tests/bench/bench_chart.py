"""The first chart on its page, in a fresh process each time, against matplotlib's own import and first drawing in one.

Both are asked for the same: five columns with labels in the program's font, as many pixels. matplotlib's is the leanest way there
is: no pyplot, no window, nothing of ours. Ours is from the click in the navigation to the picture painted on the page; the
time in which the figures are worked out from the ledgers, taken in a process of its own, is left out in the first line, and in
the second added to the floor. From the second start on: the copy of the font and matplotlib's list of fonts are there for both.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from exporters.fonts import cache_folder, font_file, searchable
from models.demo import fill
from models.store.file import DataFile

ROOT = Path(__file__).resolve().parents[2]
TIMES = 5
GOAL = 1.2
OURS = """
import json, sys, time
from pathlib import Path
from ui.ahead import load_qt
load_qt()
from PySide6.QtCore import QEventLoop
from models.periods import Period
from models.store.file import DataFile
from ui import app, fonts
from ui.theme import Look
from ui.worker import Task
qt = app.make_app()
look = Look(fonts.load())
look.apply()
window = app.make_window(DataFile(Path(sys.argv[1])), look, period=Period(2025))
window.show()
def wait(holds):
    until = time.monotonic() + 60
    while not holds():
        qt.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
        time.sleep(0.001)  # the threads that work have their turn, as while a person waits
        assert time.monotonic() < until, [str(each) for each in window.findChildren(Task)]
wait(lambda: not window.findChildren(Task) and not window.session.findChildren(Task))
assert "matplotlib" not in sys.modules, "loaded before the first chart"
start = time.perf_counter()
window.nav.items["charts"].click()
page = window.current
wait(lambda: page.view.image is not None)
page.view.viewport().repaint()
print(json.dumps({"seconds": time.perf_counter() - start, "dots": page.view.dots}))
window.close()
"""
FIGURES = """
import json, sys, time
from datetime import date
from pathlib import Path
from models.charts import ChartFigures
from models.packs.pack import pack, pack_ids
from models.periods import Period
from models.store.file import DataFile
from models.store.zones import pick, scope
from ui import app
with DataFile(Path(sys.argv[1])) as file:
    start = time.perf_counter()
    with file.reading() as connection:
        zone, chosen = pick(connection), pack(pack_ids()[0])
        figures = ChartFigures(connection, chosen, scope(connection, zone), Period(2025), date.today())
        figures.issued()
        figures.drawn(chosen.charts[0])
    print(json.dumps({"seconds": time.perf_counter() - start}))
"""
THEIRS = """
import json, os, sys, time
start = time.perf_counter()
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
font = FontProperties(fname=sys.argv[1])
figure = Figure(figsize=(297 / 25.4, 210 / 25.4), dpi=int(sys.argv[2]) * 25.4 / 297)
canvas = FigureCanvasAgg(figure)
axes = figure.add_subplot()
values = [9.05, 10.92, 12.02, 14.69, 16.31]
axes.bar_label(axes.bar(range(5), values), fontproperties=font)
axes.set_title("图3　台资企业产值（亿元）", fontproperties=font)
axes.set_xticks(range(5), [f"{year}年" for year in range(2021, 2026)], fontproperties=font)
for label in axes.get_yticklabels():
    label.set_fontproperties(font)
canvas.draw()
bytes(canvas.buffer_rgba())
print(json.dumps({"seconds": time.perf_counter() - start}))
"""


def measure() -> list[dict[str, object]]:
    """Seconds from the click to the painted chart, with the figures and without them."""
    cache = cache_folder() / "matplotlib"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "演示.db"
        with DataFile(path) as file:
            fill(file)
        code = Path(folder) / "code"
        width = int(_run(OURS, cache, code, path)["dots"])
        font = searchable(font_file(), cache_folder())
        taken: dict[str, list[float]] = {}
        for _ in range(TIMES + 1):
            for name, work, given in (
                ("ours", OURS, (path,)),
                ("figures", FIGURES, (path,)),
                ("floor", THEIRS, (font, width)),
            ):
                taken.setdefault(name, []).append(float(_run(work, cache, code, *given)["seconds"]))
    # the first of each makes what is there from the second start on
    ours, figures, floor = (statistics.median(taken[name][1:]) for name in ("ours", "figures", "floor"))
    name = "第一张图：点导航到画好"
    against = " / matplotlib 自己装入并画第一张柱图"
    return [
        {"name": f"{name}，不算从台账取数的 {figures:.2f} 秒{against}", "measured": ours - figures, "floor": floor,
         "ratio": (ours - figures) / floor, "goal": GOAL},
        {"name": f"{name}，连同从台账取数{against}再加同样的取数", "measured": ours, "floor": floor + figures,
         "ratio": ours / (floor + figures), "goal": GOAL},
    ]  # fmt: skip


def _run(work: str, cache: Path, code: Path, *given: object) -> dict[str, float]:
    """Run ``work``; what Python has compiled is kept in ``code``, as on a person's machine beside the sources."""
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "MPLCONFIGDIR": str(cache), "PYTHONPATH": str(ROOT)}
    env |= {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(code)}
    made = subprocess.run(
        [sys.executable, "-c", work, *map(str, given)], env=env, cwd=ROOT, check=False, capture_output=True, text=True
    )
    if made.returncode:
        raise RuntimeError(made.stderr)
    return json.loads(made.stdout.splitlines()[-1])  # type: ignore[no-any-return]


if __name__ == "__main__":
    print(measure())
