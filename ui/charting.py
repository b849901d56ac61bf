"""The charts of a return: figures worked out, pages drawn, files written; for commands and window alike, no Qt here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from exporters.charts import A4, PAPERS, Paper, Picture, Sheet, pdf_steps, picture, png, svg
from importers.progress import Progress, Steps, finish
from models.charts import ChartFigures, Drawn
from models.packs.tables import BadPack
from models.store.file import DataFile
from ui.asked import Asked
from ui.writing import save

ENDINGS = (".pdf", ".png", ".svg")


@dataclass(frozen=True)
class Charted:
    """The pack's charts worked out, in its order, and what stands around them."""

    asked: Asked
    drawn: tuple[Drawn, ...]
    sheet: Sheet

    def on(self, paper: Paper) -> Charted:
        """The same on another paper."""
        return replace(self, sheet=replace(self.sheet, paper=paper))

    def only(self, number: int) -> Charted:
        """One of them."""
        return replace(self, drawn=(self.drawn[number],))

    def picture(self, number: int, width: int, place: tuple[int, int] | None = None) -> Picture:
        """One of them as pixels; ``place`` is the page's number and how many there are."""
        return picture(self.drawn[number], self.sheet, place or (number + 1, len(self.drawn)), width)

    @property
    def name(self) -> str:
        """What a file of them is called, without its ending."""
        return f"{self.asked.file_name}_图表"


def open_charts(figures: ChartFigures, asked: Asked) -> Charted:
    """The charts with none worked out yet. Raises BadPack when the pack has none."""
    if not asked.pack.charts:
        raise BadPack(f"报表包“{asked.pack.id}”没有图表")
    issued = figures.issued()
    code = issued.short_code if issued else ""
    return Charted(asked, (), Sheet(asked.zone.name, asked.period.label, asked.pack.basis, code, issued is None))


def charted(file: DataFile, asked: Asked, paper: Paper = A4) -> Charted:
    """All charts of a return. Raises BadPack when the pack has none."""
    with file.reading() as connection:
        figures = ChartFigures(connection, asked.pack, asked.zones, asked.period, date.today())
        made = open_charts(figures, asked)
        return replace(made, drawn=tuple(map(figures.drawn, asked.pack.charts))).on(paper)


def paper_named(text: str) -> Paper:
    """A3, A4横, a3 纵 …; KeyError with a Chinese sentence for another."""
    name = text.strip().upper().replace(" ", "")
    found = PAPERS.get(name) or PAPERS.get(f"{name}横")
    if found is None:
        raise KeyError(f"没有“{text}”这种纸，可以写 {'、'.join(PAPERS)}")
    return found


def chart_named(charts: Charted, name: str) -> Charted:
    """One chart by its number or title; KeyError with a Chinese sentence when there is none of that name."""
    for place, each in enumerate(charts.drawn):
        if name in (each.chart.id, each.chart.name):
            return charts.only(place)
    known = "、".join(each.chart.id for each in charts.drawn)
    raise KeyError(f"“{charts.asked.pack.id}”没有“{name}”这张图，有 {known}")


def files_of(charts: Charted, path: Path) -> list[Path]:
    """The files that writing to ``path`` makes: one PDF, or a picture of each chart, numbered when there are several."""
    count = len(charts.drawn)
    if path.suffix.lower() == ".pdf" or count == 1:
        return [path]
    return [path.with_name(f"{path.stem}_{number:0{len(str(count))}}{path.suffix}") for number in range(1, count + 1)]


def write(charts: Charted, path: Path) -> Steps[list[Path]]:
    """Write the charts as the ending of ``path`` says; the files made. OSError with a Chinese sentence when one cannot be written."""
    files, count = files_of(charts, path), len(charts.drawn)
    if path.suffix.lower() == ".pdf":
        pages = pdf_steps(charts.drawn, charts.sheet)
        while True:
            try:
                yield _step(next(pages), count)
            except StopIteration as end:
                save(end.value, path)
                return files
    for number, (drawn, file) in enumerate(zip(charts.drawn, files, strict=True), 1):
        draw = png if path.suffix.lower() == ".png" else svg
        save(draw(drawn, charts.sheet, (number, count)), file)
        yield _step(number, count)
    return files


def written(charts: Charted, path: Path) -> list[Path]:
    """Write the charts in one go."""
    return finish(write(charts, path))


def _step(number: int, count: int) -> Progress:
    return Progress(number, count, f"正在画 {number} / {count} 张…")


def steps(figures: ChartFigures, order: Sequence[int]) -> Iterator[tuple[int, Drawn]]:
    """The charts one after another, those asked for first."""
    for number in order:
        yield number, figures.drawn(figures.pack.charts[number])
