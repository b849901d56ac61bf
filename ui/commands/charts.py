"""The command charts: the pack's charts as a PDF or as pictures."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from decimal import Decimal

from models.charts import Bar, Drawn
from models.packs.tables import BadPack
from ui.charting import ENDINGS, chart_named, charted, files_of, paper_named, written
from ui.commands.opening import apart, asked, data_path, opened, output_path
from ui.commands.output import DONE, show, show_json, stopping


def draw_charts(options: argparse.Namespace) -> int:
    """Draw the pack's charts: into one PDF, or each into a picture of its own."""
    output = output_path(options, *ENDINGS)
    with opened(options) as file, stopping(BadPack, KeyError, OSError):
        made = charted(file, asked(file, options), paper_named(options.paper))
        made = chart_named(made, options.chart) if options.chart else made
        for each in files_of(made, output):
            apart(each, data_path(options), "数据文件")
        files = written(made, output)
    if options.json:
        names = {"file": str(output)} if files == [output] else {"files": [str(each) for each in files]}
        show_json({**names, "charts": [_as_json(each) for each in made.drawn]})
    else:
        named = str(files[0]) if len(files) == 1 else f"{files[0]} 到 {files[-1].name}"
        show(f"已画好图表 {len(made.drawn)} 张：{named}")
    return DONE


def _as_json(drawn: Drawn) -> dict[str, object]:
    said: dict[str, object] = {
        "id": drawn.chart.id, "name": drawn.chart.name, "unit": drawn.unit, "bars": _bars_as_json(drawn.bars)
    }  # fmt: skip
    return said | ({"line": _bars_as_json(drawn.line), "line_unit": drawn.line_unit} if drawn.line_unit else {})


def _bars_as_json(bars: Sequence[Bar]) -> list[dict[str, str | None]]:
    return [
        {"label": bar.label, "value": _plain(bar.value), "prior": _plain(bar.prior), "remark": bar.remark}
        for bar in bars
    ]


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"
