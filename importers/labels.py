"""Heading texts: taken apart into the name and the unit, and told from data and from title lines.

>>> split_unit("营业收入\\n（万元）"), split_unit("*用地面积/亩"), split_unit("期末从业人员(人)合计")
(('营业收入', '万元'), ('用地面积', '亩'), ('期末从业人员合计', '人'))
>>> split_unit("出口总额(美元)(万美元)")
('出口总额(美元)', '万美元')
"""

from __future__ import annotations

import datetime
import re

from importers.cells import Cell
from models.text import clean, fold
from models.units import find_unit

_BRACKETS = re.compile(r"[（(\[［【〔〈<]([^（()）\[\]［］【】〔〕〈〉<>]*)[）)\]］】〕〉>]")
_TRAILING = re.compile(r"(.*[^\s/／,，:：、_—])(\s*[/／,，:：、_—]\s*|\s+)(?:单位[:：]?)?(\S+)", re.DOTALL)
_CLOSING = "）)］]】〕〉>"
_SHORT_UNITS = {"元", "亩", "吨", "%", "％", "‰"}  # other one-character units may be the end of a wrapped word: 联系 人
_SPACED = re.compile(r"(?<=[一-鿿])[ \u3000]+(?=[一-鿿])")
_UNIT_WORD = re.compile(r"^(?:(?:计量|金额|货币|面积)?单位[:：为是]?)?\s*(?:人民币[:：/]?)?\s*")
_BY_MONTH = re.compile(
    r"(.+/.+?)\s*[/／·每]\s*月"
)  # a rent, 元/㎡ in a heading as in the ledger, is always by the month
_ASKED = re.compile(r"[（(](?:非?必[填录]|选填|可不填|\*)[)）]")
_ENUMERATION = re.compile(
    r"^(?:[一二三四五六七八九十]+、|\d{1,2}[.．、]\s*(?!\d)|[（(][一二三四五六七八九十\d]{1,2}[)）])(?=.)"
)
_ORNAMENTS = " *＊★☆▲△●#:：;；,，/／"
_SHEET_UNIT = re.compile(r"单位(?:\s*[:：]|[ \u3000])\s*([^()（）]+)")
_OF_MEASURE = re.compile(r"(?:^|[^一-鿿]|计量|金额|货币|面积)单位\s*[:：]\s*([^()（）]+)")
_LIKE_UNIT = re.compile(r".{0,12}(?:元|美金|[港日欧]币|亩|公顷|公里|平方米|平米|㎡|M2|千瓦时|[KM]W·?H|吨|标煤|TCE)")
_SPLIT = re.compile(r"[,，、;；/\s和]+")
_DATA = re.compile(
    r"[-+]?[¥￥]?\d[\d,]*\.?\d*%?|\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}.*|(?=.*\d)[0-9A-Z]{15,18}|\d[\d()-]{6,}|HTTPS?:.*|.*@.*\..*"
    r"|[是否有无√×✓✗]|[—-]+|.*(?:有限公司|分公司|股份公司|合作社|经营部|管委会)(?:\(.*\))?"
)
_COMPANY = re.compile(r".*(?:公司|厂|集团|商行|超市)")
_WORDS = re.compile(
    "名称|姓名|代码|编码|编号|号码|证号|日期|时间|年份|年度|月份|地址|住所|电话|手机|联系|法人|法定代表|负责人|类型|类别|性质|行业|产业"
    "|产品|资本|资金|投资|收入|利润|产值|增加值|税|额|数|率|量|面积|比例|占比|单价|金额|人员|情况|状态|阶段|进度|备注|说明|序号|是否"
    "|所属|所在|区县|地市|园区|单位|来源|用途|方式|标准|等级|级别|资质|规模|国别|币种|合计|本年|上年|本期|累计|同期|增长|增速|期末|期初"
)
_ENGLISH = re.compile(
    r"\b(?:name|code|id|number|no|date|time|type|area|address|price|amount|status|year|district|note)\b", re.IGNORECASE
)
_TITLE = re.compile(
    r".*[:：].+|附[件表录]\d*|.*(?:名录|名单|台账|一览表|统计表|情况表|汇总表|明细表|调查表|年报表?)|第.{1,4}[页表]"
)
_SERIAL = {"序号", "序", "行次", "行号", "项次", "顺序号", "NO", "NO.", "№", "#", "序次"}


def text_of(value: Cell) -> str:
    """A heading cell as text: 2024.0 is the year 2024, the first day of a month means the month."""
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.date):
        return f"{value.year}年{value.month}月" if value.day == 1 else f"{value:%Y-%m-%d}"
    return "" if value is None else str(value)


def split_unit(text: str) -> tuple[str, str | None]:
    """The name in a heading text, cleaned, and the unit written with it (the 万元 of 营业收入(万元)), by its usual name."""
    name, unit = _cut_unit(text.strip())
    name = _SPACED.sub("", _ASKED.sub("", clean(name))).strip(_ORNAMENTS)
    return _ENUMERATION.sub("", name).strip(_ORNAMENTS), unit


def _cut_unit(text: str) -> tuple[str, str | None]:
    if unit := unit_of(text):
        return "", unit
    wrapped = _TRAILING.fullmatch(text)
    behind = _trailing(wrapped) if wrapped else None
    if wrapped and behind and wrapped[1][-1:] in _CLOSING and not set("/／") & set(wrapped[2]):
        return wrapped[1], behind  # 出口总额(美元)，万美元: the unit stands last
    for found in reversed([*_BRACKETS.finditer(text)]):  # 进出口总额(美元)(万美元): here too
        if unit := unit_of(found[1]) or _only_unit(_SPLIT.split(found[1])):
            return text[: found.start()] + text[found.end() :], unit
    if wrapped and behind:
        return wrapped[1], behind
    if text[-1:] in {"%", "％", "‰"}:
        return text[:-1], unit_of(text[-1])
    return text, None


def _only_unit(parts: list[str]) -> str | None:
    """The one unit among the parts of what stands in brackets (千元，含税); None when there are two, or one that is not known."""
    like = [part for part in parts if unit_of(part) or _LIKE_UNIT.fullmatch(fold(part))]
    return unit_of(like[0]) if len(like) == 1 else None


def _trailing(wrapped: re.Match[str]) -> str | None:
    """The unit behind a name: 用地面积/亩; a single character may be the end of a wrapped word."""
    _, between, last = wrapped.groups()
    return unit_of(last) if between.strip() or len(last) > 1 or last in _SHORT_UNITS else None


def odd_unit(text: str) -> str:
    """What stands in brackets like a unit of measure and is none that is known, or is several: 十万元, 万元/万美元; else ""."""
    inside = [clean(found[1]) for found in _BRACKETS.finditer(text)]
    return next((one for one in reversed(inside) if _LIKE_UNIT.fullmatch(fold(one)) and not unit_of(one)), "")


def unit_of(text: str) -> str | None:
    """The usual name of the unit when a text is nothing but a unit of measure (“万元”, “单位：m2”); else None."""
    bare = _UNIT_WORD.sub("", text.strip())
    by_month = _BY_MONTH.fullmatch(bare.replace("／", "/"))
    unit = find_unit(by_month[1] if by_month else bare)
    return unit.name if unit else None


def sheet_units(line: str) -> tuple[str, ...]:
    """The units a line above the table gives for all of it: “单位：万元、人”, “(万元)”."""
    found = [*map(str, _SHEET_UNIT.findall(line) or _BRACKETS.findall(line))]
    whole = [
        [text] if unit_of(fold(text)) else _SPLIT.split(text) for text in found
    ]  # 千 元 is one unit, 万元 亩 are two
    return tuple(unit for parts in whole for part in parts if (unit := unit_of(part if len(parts) > 1 else fold(part))))


def odd_sheet_unit(line: str) -> str:
    """The unit that a line above the table gives for all of it where nobody knows it: 单位：十万元; else ""."""
    found = [clean(text) for text in _OF_MEASURE.findall(line)]
    return next((text for text in found if _LIKE_UNIT.fullmatch(fold(text)) and not sheet_units(line)), "")


def is_serial(name: str) -> bool:
    """Whether a column so named only counts the lines."""
    return fold(name) in _SERIAL


def looks_like_data(value: Cell) -> bool:
    """Whether a cell can hardly be a heading: a number, a date, a code, a yes or no, a company."""
    return _DATA.fullmatch(fold(value)) is not None if isinstance(value, str) else True


def is_title(text: str) -> bool:
    """Whether a text above a table speaks about the whole: “填报单位：…”, “附件2”, “…一览表”, “2025年”."""
    shown = _BRACKETS.sub("", clean(text))
    return bool(_TITLE.fullmatch(shown)) and not shown.startswith("其中")


def likeness(value: Cell) -> float:
    """How much a cell looks like a column's name, by its form alone: 0 (data) to 1."""
    if not isinstance(value, str):
        year = isinstance(value, float | int) and value in range(1990, 2101)
        return 0.4 if year or isinstance(value, datetime.date) else 0.0
    if looks_like_data(value):
        return 0.0
    name, unit = split_unit(value)
    if is_title(value) and not unit:
        return 0.15
    if _COMPANY.fullmatch(name) and not _WORDS.search(name):
        return 0.2
    form = 0.5 if len(name) <= (40 if name.isascii() else 14) else 0.35 if len(name) <= 40 else 0.1
    word = 0.3 if _WORDS.search(name) or _ENGLISH.search(name) else 0.0
    return form + word + (0.2 if unit else 0.0)
