"""What keeps a list row from growing: things beside it that would be torn, and elements we cannot move."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TypeAlias

from exporters.attachments import CARRIED, unpaired_boxes
from exporters.growth import MOVES
from exporters.references import address
from exporters.sheetxml import FormSheet, Place
from exporters.slots import RUNNING_NUMBER
from exporters.xlsx_package import Package, local_name

Fault: TypeAlias = tuple[Place, str]  # cell, sentence


def list_faults(package: Package, form: FormSheet) -> Iterator[Fault]:
    """Find what is wrong with the lists of one sheet."""
    lists = form.lists
    for row in lists:
        yield from _row_faults(form, row)
        yield from _beside_faults(form, row)
        if row - 1 in lists:
            yield _first(form, row), "上一行也是清单行；一条记录只能占一行，两个清单之间至少要隔一行表头。"
    if lists:
        yield from _element_faults(package, form, _first(form, lists[0]))
        yield from _page_faults(form, lists[0])


def _first(form: FormSheet, row: int) -> Place:
    return row, min(column for column, slot in form.row_slots(row) if slot.starred)


def _row_faults(form: FormSheet, row: int) -> Iterator[Fault]:
    for column, slot in form.row_slots(row):
        if not slot.starred:
            yield (row, column), "清单行里的每个 {{ }} 都要带 *，这一格没有，请写成 {{ * … }}。"
    if all(name == RUNNING_NUMBER for _, slot in form.row_slots(row) for name in slot.expressions):
        yield _first(form, row), "清单行只有序号，没有要列的内容。"
    for top, left, bottom, right in form.merges:
        if top < bottom and top <= row <= bottom:
            where = f"{address(top, left)}:{address(bottom, right)}"
            yield (row, left), f"清单行不能在上下合并的格（{where}）里，请取消合并。"


def _beside_faults(form: FormSheet, row: int) -> Iterator[Fault]:
    """Find what stands beside the list and reaches below it: the list's growth would tear it in two.

    Two lists are told apart by a column between them that is empty in the list row and in the heading above it.
    """
    starred = [column for column, slot in form.row_slots(row) if slot.starred]
    for left, right in pairwise(starred):
        between = range(left + 1, right)
        if any(not form.filled((row, column)) and not form.filled((row - 1, column)) for column in between):
            yield (row, right), "两个清单并排在一行，增行时会互相撕开；请上下排列或分到两张工作表。"
    inside = range(starred[0], starred[-1] + 1)
    continued = any(form.filled((row + 1, column)) for column in inside)  # a total row, say
    last = max((column for _, column in _all_places(form)), default=starred[-1])
    for outward in (range(starred[0] - 1, 0, -1), range(starred[-1] + 1, last + 1)):
        torn = _torn(form, row, outward, continued=continued)
        if torn is not None:
            yield torn, "清单旁边另有内容一直到清单行以下，增行时会被撕成两截；请移到清单的上面、下面或另一张工作表。"


def _torn(form: FormSheet, row: int, columns: range, *, continued: bool) -> Place | None:
    """Go outwards from the list and find the first block that crosses the lower edge of the list row."""
    attached, above, below = True, False, False
    for column in columns:
        at_row = form.filled((row, column))
        over, under = at_row or form.filled((row - 1, column)), form.filled((row + 1, column))
        if not over and not under:
            attached, above, below = False, False, False
            continue
        if attached:
            above, below = at_row, under and not continued
        else:
            above, below = above or over, below or under
        if above and below:
            return row + 1, column
    return None


def _all_places(form: FormSheet) -> Iterator[Place]:
    yield from form.slots
    yield from form.values
    yield from form.formulas
    yield from ((bottom, right) for _, _, bottom, right in form.merges)


def _element_faults(package: Package, form: FormSheet, place: Place) -> Iterator[Fault]:
    for child in form.root:
        if isinstance(child.tag, str) and local_name(child) not in MOVES:
            yield place, f"这张表里有“{local_name(child)}”（控件、嵌入对象等），清单增行时不能跟着移动，请删去。"
    for relation in package.relations(form.part):
        if relation.kind not in CARRIED:
            yield place, f"这张表带有“{relation.kind}”（数据透视表、控件等），清单增行时不能跟着移动，请删去。"
        elif relation.kind == "vmlDrawing" and unpaired_boxes(package.parts.get(relation.target, b"")):
            yield place, "这张表里有旧式窗体控件，清单增行时不能跟着移动，请删去。"
    if any(part.startswith("xl/pivotCache/") for part in package.parts):
        yield place, "工作簿里有数据透视表，清单增行后它的数据区会错位，请删去。"


def _page_faults(form: FormSheet, row: int) -> Iterator[Fault]:
    fit = form.root.find("{*}sheetPr/{*}pageSetUpPr")
    setup = form.root.find("{*}pageSetup")
    if fit is not None and fit.get("fitToPage") in {"1", "true"} and (setup is None or setup.get("fitToHeight") != "0"):
        yield _first(form, row), "页面设置把整张表缩成一页，清单长了字会小得看不清；请把“页高”留空（自动）。"
    for pane in form.root.iterfind("{*}sheetViews/{*}sheetView/{*}pane"):
        if pane.get("state", "").startswith("frozen") and row <= float(pane.get("ySplit", "0")):
            yield _first(form, row), "冻结窗格把清单行也冻住了，请只冻结表头。"
