"""All of the self-test in its order, told as it goes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from models.progress import Progress, Steps
from models.store.file import DataFile
from ui.selftest import machine, surroundings
from ui.selftest.line import Line


def run(path: Path, file: DataFile | None, scale: float = 1.0, second: str = "") -> Steps[list[Line]]:
    """Look at everything; ``file`` is the open data file, None where there is none yet."""
    steps: list[tuple[str, Callable[[], Line]]] = [
        ("字体", surroundings.fonts),
        ("图表的字体缓存", surroundings.chart_cache),
        ("输入法", surroundings.input_method),
        ("打印机", surroundings.printer),
        ("屏幕与缩放", lambda: surroundings.screens(scale)),
        ("所在的盘", lambda: machine.drive(path)),
        ("磁盘空间", lambda: machine.space(path)),
        ("时钟", lambda: machine.clock(file)),
        ("报表包", machine.packs),
    ]
    if file is not None:
        steps += [
            ("数据文件", lambda: machine.opened(file)),
            ("最近的备份", lambda: machine.backed_up(path)),
            ("文件完好", lambda: machine.whole(path)),
        ]
    lines: list[Line] = []
    for number, (name, look) in enumerate(steps):
        yield Progress(number, len(steps), f"正在看：{name}…")
        lines.append(look())
        if name == "屏幕与缩放":
            lines += machine.writes(path, second)
    return lines
