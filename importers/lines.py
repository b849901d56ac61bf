"""What a line of a sheet says about itself: a total, a note, a signature, a unit or numbering row, an instruction."""

from __future__ import annotations

import re
from collections.abc import Sequence

from importers.cells import Cell
from importers.labels import unit_of
from models.text import clean, fold

_REASONS = {  # by the folded text of one of the first cells
    "合计行": re.compile(
        r"(?:合计|小计|总计|共计|累计|本[页年月期季]累计|平均)(?:[:(].*)?|.{0,10}(?:合计|小计|总计|共计):?|其中:?.{0,12}"
    ),
}
_FIRST_REASONS = {  # by the folded text of the first cell
    "示例行": re.compile(r"(?:填写)?(?:示例|样例)(?::.*)?|例[:如].*"),
    "注释行": re.compile(
        r"注\d*[:.、)].*|(?:备注|附注|说明|填[报表]说明|(?:数据|资料)?来源)\d?:.*|[-—]*第\d+页.*|.*共\d+页[-—]*"
        r"|(?:以下(?:空白|无正文)|本表|以上数据|此页|续表|转下页|接上页|承前页|过次页).*"
    ),
}
_SIGNATURE = re.compile(
    r"(?:(?:单位|企业|统计|部门|财务)?负责人|分管领导|主要领导|填[表报]人|制表人?|审[核批]人?|复核人?|经办人|联系人|(?:联系)?电话"
    r"|(?:填[表报]|报[出送]|制表|打印|导出|统计)(?:日期|时间)|日期|填报单位|报送单位|编制单位|制表单位|单位)(?:\((?:盖章|签字|签章)\))?(:.*)?"
)
_HINT = re.compile(  # a text that begins otherwise, and has no 计, can be none of these: for speed
    r"[注备附填合总小共累报审例第一二三四五六七八九十(（\s—-]|平均|本[页年月期季表]|其中|说明|数据来|资料|来源|单位|企业负|统计|部门|财务"
    r"|负责|分管|主要领|制表|复核|经办|联系|电话|打印|导出|日期|编制|以[下上]|此页|示例|样例|续表|转下|接上|承前|过次"
)
_TOTAL = re.compile(r"[合小总共]\s*计")
_SECTION = re.compile(r"[一二三四五六七八九十]+、.*|\([一二三四五六七八九十]+\).*")
_CHINESE_NUMBER = re.compile(r"\(?[一二三四五六七八九十]+\)?[、.]?")
_INSTRUCTION = re.compile(r"必填|选填|填写|填报|格式|例[如:：]|保留.*小数|下拉|\d+位|单位[:：]|请|自动|选择|是/否")
_SENTENCE = re.compile(r"[。；;！!]|[：:].*[，,、]")
_NUMERALS = "甲乙丙丁戊己庚辛壬癸"


def is_blank(cell: Cell) -> bool:
    """Whether a cell shows nothing."""
    return cell is None or (isinstance(cell, str) and not clean(cell))


def may_be_aside(text: str) -> bool:
    """A quick look: whether :func:`reason_of` or :func:`is_section` could say anything about a text."""
    return _HINT.match(text) is not None or ("计" in text and _TOTAL.search(text) is not None)


def reason_of(texts: Sequence[str], filled: int, width: int) -> str | None:
    """Why a row whose first texts are ``texts`` (folded) is no record; ``filled`` of its ``width`` cells are."""
    for reason, pattern in _REASONS.items():
        if any(pattern.fullmatch(text) for text in texts):
            return reason
    for reason, pattern in _FIRST_REASONS.items():
        if pattern.fullmatch(texts[0]):
            return reason
    signed = _SIGNATURE.fullmatch(texts[0])
    return "表尾签署行" if signed and (signed[1] or filled < max(3, width / 3)) else None


def is_section(text: str) -> bool:
    """Whether a folded text heads a group of records: “一、电子信息”."""
    return _SECTION.fullmatch(text) is not None


def is_chinese_number(text: str) -> bool:
    """Whether a folded text is a number such as 一 or (二)."""
    return _CHINESE_NUMBER.fullmatch(text) is not None


def is_sentence(text: str) -> bool:
    """Whether a text tells rather than names."""
    return len(text) > 40 or _SENTENCE.search(text) is not None


def is_numbering(row: Sequence[Cell], columns: int) -> bool:
    """Whether a row numbers the columns: 甲 乙 1 2 3 (also “3=1-2”, “(4)”, “栏次” at its start)."""
    texts = [_column_number(cell) for cell in row if not is_blank(cell)]
    if texts and texts[0] in {"栏次", "栏目", "列次", "序号", "编号"}:
        texts = texts[1:]
    letters = [text for text in texts if len(text) == 1 and text in _NUMERALS]
    numbers = [text for text in texts if text not in letters]
    first = int(numbers[0]) if numbers and numbers[0].isdecimal() else 0
    in_order = numbers == [str(first + i) for i in range(len(numbers))] and first in {0, 1, len(letters) + 1}
    if not in_order or not set(letters) <= set(_NUMERALS[: len(letters)]):
        return False
    return (len(texts) >= 2 and bool(letters)) or len(texts) >= max(3, columns * 0.6)


def _column_number(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return fold(str(cell)).strip("()").split("=")[0]


def row_units(row: Sequence[Cell]) -> dict[int, str]:
    """The units of a row that holds nothing else (“万元 | 万元 | 人”), by column; empty when it is no such row."""
    units: dict[int, str] = {}
    for column, cell in enumerate(row):
        if is_blank(cell):
            continue
        if not isinstance(cell, str):
            return {}
        if unit := unit_of(cell.strip().strip("()（）")):
            units[column] = unit
        elif fold(cell) not in {"-", "—", "/", "单位", "计量单位"}:
            return {}
    return units


def is_instruction(row: Sequence[Cell]) -> bool:
    """Whether a row below the heading says how to fill the columns (“18位 | 单位：万元，保留两位小数”)."""
    texts = [cell for cell in row if not is_blank(cell)]
    told = sum(isinstance(text, str) and _INSTRUCTION.search(text) is not None for text in texts)
    return told * 2 > len(texts) and all(isinstance(text, str) for text in texts)
