"""Taking charts along: as a picture or figures on the clipboard, as files of the kinds asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from exporters.charts import Picture, empty
from models.chart_table import Table
from ui.charting import Charted, files_of, write
from ui.chartview import image_of
from ui.chartwork import ChartWork
from ui.outcome import Outcome
from ui.saving import ask_where
from ui.worker import Task

KINDS = {".pdf": "PDF 文件 (*.pdf)", ".png": "PNG 图片 (*.png)", ".svg": "SVG 图形 (*.svg)"}
_WIDE = 2400  # pixels a copied chart is wide: sharp in Word and on a projector


class Taking(QObject):
    """Serves a page: ``number`` says which chart is in sight, ``outcome`` is where it tells what came of it."""

    def __init__(self, page: QWidget, work: ChartWork, number: Callable[[], int], outcome: Outcome) -> None:
        super().__init__(page)
        self.page, self.work, self.number, self.outcome = page, work, number, outcome

    def copy_picture(self) -> None:
        """The chart in sight as a picture."""
        one = self.work.one(self.number())
        if one is None or empty(one.drawn[0]):
            return
        task = Task(self, partial(one.picture, 0, _WIDE, self.work.place(self.number())))
        task.done.connect(self._copied)
        task.start()

    def _copied(self, picture: Picture) -> None:
        data = QMimeData()
        data.setImageData(image_of(picture))
        QGuiApplication.clipboard().setMimeData(data)
        self.work.session.said.emit("图片已复制，可以粘贴到 Word、WPS 里", "good")

    def copy_data(self, table: Table) -> None:
        """The figures of the chart in sight, as a spreadsheet takes them."""
        if table.rows:
            QGuiApplication.clipboard().setText(table.tsv)
            self.work.session.said.emit(f"图上的 {len(table.rows)} 行数已复制，可以粘贴到表格里", "good")

    def offer(self, menu: QMenu) -> None:
        """Fill the menu with what can be exported."""
        menu.clear()
        charts = self.work.whole
        if charts is None:
            menu.addAction("正在算，稍等").setEnabled(False)
            return
        one, count, act = charts.only(self.number()), len(charts.drawn), self.export
        name = f"{charts.name}_{one.drawn[0].chart.id}"
        menu.addAction(f"全部 {count} 张 · PDF…", partial(act, charts, charts.name, ".pdf"))
        menu.addAction(
            f"全部 {count} 张 · PNG 图片（300 dpi，每张一个文件）…", partial(act, charts, charts.name, ".png")
        )
        menu.addSeparator()
        for ending, words in ((".pdf", "PDF"), (".png", "PNG 图片（300 dpi）"), (".svg", "SVG 图形")):
            menu.addAction(f"这一张 · {words}…", partial(act, one, name, ending))

    def export(self, charts: Charted, name: str, ending: str, problem: str = "") -> None:
        """Ask where to, then write; a place that cannot be written is asked for again."""
        path = ask_where(self.page, f"{name}{ending}", KINDS[ending], problem, partial(files_of, charts))
        if path is None:
            if problem:
                self.outcome.put("没有保存", problem, "error")
            return
        task = Task(self, partial(write, charts, path))
        task.progressed.connect(lambda step: self.outcome.go_on(step.text))
        task.done.connect(partial(self._saved, len(charts.drawn)))
        task.stopped.connect(lambda: self.outcome.put("停下了", "没有画完；已经画好的文件留着。", "plain"))
        task.failed.connect(lambda error: self.export(charts, path.stem, ending, str(error)))
        stop = [("停止", task.cancel)] if len(charts.drawn) > 1 else []
        self.outcome.put(path.name, "正在画…", "plain", stop)
        task.start()

    def _saved(self, count: int, files: list[Path]) -> None:
        upto = f"，到 {files[-1].name}" if len(files) > 1 else ""
        self.outcome.put(files[0].name, f"已存好 {count} 张图{upto}。", "good", file=files[0])
