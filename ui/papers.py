"""Making the narrative of a return and what is printed of it, for commands and window alike; no Qt here."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path

from exporters.narrative import Narrative, fill
from exporters.wordmarks import ListAt
from models.packs.pack import Pack
from models.packs.tables import BadPack
from models.returns import Frame, ReturnFigures, lists_of
from models.store.file import DataFile
from models.store.versions import Version, said, versions, workbook_of
from models.text import shortened
from ui.asked import Asked
from ui.reporting import draft
from ui.writing import save

SHORT = 24  # characters of a sentence that is only named


@dataclass(frozen=True)
class Written:
    """A narrative as it stands now; ``version`` is the issued version whose figures it has, None for a draft."""

    narrative: Narrative
    version: Version | None


def narrative(file: DataFile, asked: Asked, earlier: bytes = b"") -> Written:
    """The pack's report.docx filled; it is a draft unless its figures are those of the issued version.

    Raises BadPack when the pack has none, WordFault when it or ``earlier`` is no Word document.
    """
    if not asked.pack.report:
        raise BadPack(f"报表包“{asked.pack.id}”没有文字报告的模板 report.docx")
    with file.reading() as connection:
        day = date.today()
        issued = said(connection, asked.zone.code, asked.pack.id, asked.period, quick=True)
        if issued and issued.issued_at:
            day = date.fromisoformat(issued.issued_at[:10])
        frame = Frame(asked.zone, asked.period, {"报出日期": f"{day.year}年{day.month}月{day.day}日"})
        figures = ReturnFigures(connection, asked.pack, frame, asked.zones, date.today())
        same = issued is not None and figures.same_as(issued)
        made = fill(
            asked.pack.report, figures, lists(asked.pack), draft=not same, earlier=earlier, told=figures.told,
            framed=lambda name: frame.get(name) is not None,
        )  # fmt: skip
    return Written(made, issued if same else None)


def left_told(made: Narrative) -> str:
    """How many sentences have no figure yet and are not in the report, with the first of them; "" where every one has."""
    if not made.left_out:
        return ""
    first = "".join(f"“{shortened(each, SHORT)}”" for each in made.left_out[:2])
    return f"{len(made.left_out)} 句没有数，没有写进去：{first}{'等' if len(made.left_out) > 2 else ''}"


@dataclass(frozen=True)
class ToPrint:
    """A workbook to be printed: its pages' name, and the version it is (None: a draft)."""

    name: str
    content: bytes
    version: Version | None


def to_print(file: DataFile, asked: Asked, *, tag: str = "", as_draft: bool = False) -> ToPrint:
    """The return to print: the version asked for (2, 快报1), else the latest one that was not sent back, else (or on demand) the draft.

    Raises BadPack for a version that is not there or whose workbook was not kept yet when it was issued; WorkbookFault.
    """
    with file.reading() as connection:
        place = asked.zone.code, asked.pack.id, asked.period
        if tag:
            found = versions(connection, *place)
            version = next((each for each in found if each.tag in {tag, f"v{tag}"}), None)
            if version is None:
                raise BadPack(f"没有签发过“{tag}”这一版，{_there(found)}")
        else:
            version = None if as_draft else said(connection, *place, quick=True)
        content = workbook_of(connection, version.id) if version else b""
    if version and not content:
        raise BadPack(f"{version.title}签发时还没有留底，请打开当时保存的 Excel 文件打印；打印草稿请写明草稿")
    if version:
        return ToPrint(asked.issued_stem(version.number, version.kind), content, version)
    return ToPrint(f"{asked.file_name}_草稿", draft(file, asked).content, None)


def _there(found: Sequence[Version]) -> str:
    told = "、".join(each.tag.removeprefix("v") for each in found)
    return f"签发过的有：{told}" if told else "还没有签发过"


def lists(pack: Pack) -> dict[str, ListAt]:
    """表号 → the list of the form that it names."""
    return {
        each.id: ListAt(sheet, number)
        for sheet in dict.fromkeys(each.sheet for each in pack.sheets)
        for number, each in enumerate(lists_of(pack, sheet))
    }


def set_aside(path: Path, earlier: bytes, fresh: bytes) -> Path | None:
    """Keep the earlier report beside ``path`` as 报告（上一稿）.docx, 报告（上一稿2）.docx …; None where the new one is the same.

    Notes, comments and changes inside our tables are not carried over: no file that may hold them is ever written over.
    """
    if not earlier or _parts(earlier) == _parts(fresh):
        return None
    for number in count(1):
        aside = path.with_name(f"{path.stem}（上一稿{number if number > 1 else ''}）{path.suffix}")
        if not aside.exists():
            save(earlier, aside)
            return aside
    return None


def _parts(content: bytes) -> dict[str, int]:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {each.filename: each.CRC for each in file.infolist()}
