"""What a form's cells look like, what their notes say and what may be filled in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from models.codes import code_list
from models.fields import ALWAYS
from models.forms import FormColumn, FormSheet, entry_text
from models.kinds import Choice, CreditCode, Day, Flag, Month, Quantity, Text

CODES = "_年报通代码"
FACE = "宋体"
_MOST = 2_000  # characters of a note


class Looks:
    """The formats, made once for a workbook."""

    def __init__(self) -> None:
        # openpyxl is loaded with the first workbook that is written
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

        thin = Side("thin", color="FFD0D5DD")
        self.bold: Any = Font(name=FACE, bold=True)
        self.grey: Any = Font(name=FACE, color="FF8A919C", italic=True)
        self.head: Any = PatternFill("solid", fgColor="FFEEF1F5")
        self.asked: Any = PatternFill("solid", fgColor="FFFFF3D6")
        self.red: Any = PatternFill("solid", fgColor="FFFFC7CE")
        self.lines: Any = Border(left=thin, right=thin, top=thin, bottom=thin)
        self.left: Any = Alignment(vertical="center")
        self.middle: Any = Alignment(horizontal="center", vertical="center", wrap_text=True)
        self.wrapped: Any = Alignment(vertical="top", wrap_text=True)

    def comment(self, text: str) -> Any:
        """A note on a cell, big enough for what it says."""
        # as above
        from openpyxl.comments import Comment

        made = Comment(text[:_MOST], "园区年报通")
        lines = sum(1 + len(line) // 22 for line in text.splitlines())
        made.width, made.height = 300, min(24 + 18 * lines, 400)
        return made


class Codes:
    """The lists that cells may be chosen from, on a hidden sheet: Excel takes only short ones in the cell itself."""

    def __init__(self) -> None:
        self.lists: dict[str, tuple[str, ...]] = {}

    def choose(self, sheet: Any, cells: str, name: str, entries: Sequence[str]) -> None:
        """Let the cells be chosen from a list; something else may be typed after a warning."""
        self.lists.setdefault(name, tuple(entries))
        place = 1 + [*self.lists].index(name)
        # as above
        from openpyxl.utils import get_column_letter
        from openpyxl.worksheet.datavalidation import DataValidation

        letter = get_column_letter(place)
        rule = DataValidation("list", f"'{CODES}'!${letter}$1:${letter}${len(entries)}", allow_blank=True)
        warn(sheet, rule, cells, "请从下拉里选", "不在下拉的列表里。仍要这样填吗？")

    def write(self, book: Any) -> None:
        """The hidden sheet, a column for each list."""
        if not self.lists:
            return
        sheet = book.create_sheet(CODES)
        sheet.sheet_state = "hidden"
        for place, entries in enumerate(self.lists.values(), 1):
            for number, text in enumerate(entries, 1):
                put_text(sheet, number, place, text)


def put_text(sheet: Any, row: int, column: int, text: str) -> Any:
    """A cell that holds text, whatever it begins with; an empty one for ""."""
    cell = sheet.cell(row, column, text or None)
    if text:
        cell.data_type, cell.number_format = "s", "@"
    return cell


def warn(sheet: Any, rule: Any, cells: str, head: str, text: str) -> None:
    """A limit that warns and lets pass: what is typed is judged when the form comes back."""
    rule.errorStyle, rule.showErrorMessage = "warning", True
    rule.errorTitle, rule.error = head[:30], text[:220]
    sheet.add_data_validation(rule)
    rule.add(cells)


def limit(sheet: Any, column: FormColumn, cells: str, codes: Codes) -> None:
    """What may be filled into a column's cells."""
    # as above
    from openpyxl.worksheet.datavalidation import DataValidation

    kind = column.kind
    if isinstance(kind, Choice):
        codes.choose(sheet, cells, kind.codes, [entry_text(kind.codes, code) for code in code_list(kind.codes)])
    elif isinstance(kind, Flag):
        codes.choose(sheet, cells, "是否", ("是", "否"))
    elif isinstance(kind, Day):
        rule = DataValidation("date", "1", "73050", operator="between", allow_blank=True)
        warn(sheet, rule, cells, "这里填日期", "请写成 2025-03-01；只知道年月的写 2025-03。仍要这样填吗？")
    elif isinstance(kind, Quantity):
        low, high = (f"{kind.rounded(bound, kind.places):f}" for bound in (kind.low, kind.high))
        rule = DataValidation("decimal", low, high, operator="between", allow_blank=True)
        unit = f"，单位 {column.told.unit}" if column.told.unit else ""
        warn(sheet, rule, cells, "这里填数", f"只写数，不写单位和逗号{unit}。仍要这样填吗？")
    elif isinstance(kind, CreditCode):
        first = cells.partition(":")[0]
        rule = DataValidation("custom", f"OR(LEN({first})=18,LEN({first})=15)", allow_blank=True)
        warn(sheet, rule, cells, "统一社会信用代码", "应是 18 位（老注册号 15 位）。仍要这样填吗？")


def note(column: FormColumn, form: FormSheet) -> str:
    """What is to be known for filling a column in."""
    told = column.told
    lines = [told.label]
    if column.fixed:
        lines.append("说明是哪条记录，已印好的不要改" if form.rows else "说明是哪条记录，必填")
    elif told.required:
        lines.append("必填" if told.required == ALWAYS else "年报必填")
    elif told.needed:
        lines.append(f"符合条件时必填：{told.needed}")
    else:
        lines.append("有就填")
    lines += [each for each in (_how(column), told.help) if each]
    if told.flow:
        lines.append("填年初至本期末的累计数")
    if told.clause:
        lines.append(f"依据：{told.clause}")
    if told.personal:
        lines.append("个人信息：只在本机保存，不随报表上报")
    return "\n".join(lines)


def _how(column: FormColumn) -> str:
    kind = column.kind
    if isinstance(kind, Choice | Flag):
        return "从下拉里选"
    if isinstance(kind, Quantity):
        return f"单位：{kind.unit}，{kind.places} 位小数" if kind.unit else f"{kind.places} 位小数"
    if isinstance(kind, Day):
        return "日期，写成 2025-03-01"
    if isinstance(kind, Month):
        return "年月，写成 2025-03"
    if isinstance(kind, CreditCode):
        return "18 位，按文本填"
    return f"最多 {kind.limit} 个字" if isinstance(kind, Text) else ""


def lines_of(text: str, width: float) -> int:
    """How many lines a text takes in a column so wide; LibreOffice does not work it out for a file it did not write."""
    return sum(1 + int(sum(2 if ord(letter) > 0x2E7F else 1.1 for letter in line) / width) for line in text.split("\n"))
