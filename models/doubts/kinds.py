"""The kinds of doubt, their thresholds, and what a zone has decided about them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.choices import Threshold, owners
from models.ledgers.economy import ECONOMY
from models.ledgers.enterprise import ENTERPRISE
from models.ledgers.reporting import RETURN_BATCH
from models.packs.pack import Pack, Rule
from models.packs.tables import Entry
from models.store import Connection
from models.store.choices import OFF, Choice, choices

HOME = "疑点"  # in the place of a pack's id, for what is explained and decided of doubts; and their level
SLIP, OUTLIER, ALIKE, TWICE = "量级", "离群", "近名", "两说"


def _kind(id: str, ledger: str, formula: str, remedy: str, basis: str) -> Rule:
    return Rule(id, HOME, "", ledger, formula, "", remedy, (), basis, Entry(HOME, 0, {}))


KINDS = (
    _kind(
        SLIP,
        ECONOMY.label,
        "与上年比约为 10、1,000、10,000 倍（或几分之一），而同一行其余各项没有这样变；上年没有数的，与同行业人均比。"
        "开发区年度、开发区季月同样看；宗地、标准厂房、项目、到资流水没有年度，与同一行旁边的数比，像是按亩、公顷、元、亿元填的",
        "是单位错：按 F9 一次改好；不是：点“已核实”写明原因",
        "常见的单位错：元、千元、亿元当万元填，亩、公顷当㎡填",
    ),
    _kind(
        OUTLIER,
        ECONOMY.label,
        "人均营业收入、营收利润率等比率在同行业里的稳健偏离分（修正 z 值）超过离群分数线，而且差得不小",
        "核对这几个数；是真的：点“已核实”写明原因",
        "Iglewicz、Hoaglin 1993：0.6745×(本企业−中位数)÷绝对中位差，超过 3.5",
    ),
    _kind(
        ALIKE,
        ENTERPRISE.label,
        "名称去掉地名、公司形式后相同；或名称相近，且法定代表人、电话、地址有相同的",
        "是同一家：点“合并成一条”；不是：点“已核实”写明区别",
        "一家企业占两行，合计就会多算",
    ),
    _kind(
        TWICE,
        RETURN_BATCH.label,
        "同一个指标，这张报表的数与另一张已签发报表的数不同",
        "两张报表要说同一个数：核对是哪一边改过，该更正的那张更正后重新签发",
        "数出一门",
    ),
)
BY_ID: Mapping[str, Rule] = {each.id: each for each in KINDS}

WINDOW, QUIET, FEWEST, LIKENESS = "量级容差", "旁证幅度", "同行最少家数", "名称相似线"
LINE, TIMES, GAP = "离群分数线", "离群倍数", "离群差距"
THRESHOLDS = (
    Threshold(
        WINDOW, "1.8倍", "与 10 倍相差多少倍以内算差了量级；1,000、10,000 倍的放宽到它的平方", "程序的缺省值", (SLIP,)
    ),
    Threshold(QUIET, "3倍", "同一行其余各项与上年相差多少倍以内，才算只有它差了量级", "程序的缺省值", (SLIP,)),
    Threshold(LINE, "3.5", "稳健偏离分超过多少算离群", "Iglewicz、Hoaglin 1993", (OUTLIER,)),
    Threshold(TIMES, "3倍", "比率还要与同行中位数差多少倍，才算离群", "程序的缺省值", (OUTLIER,)),
    Threshold(GAP, "20个百分点", "利润率、负债率还要与同行中位数差多少，才算离群", "程序的缺省值", (OUTLIER,)),
    Threshold(FEWEST, "8家", "同行业有数的少于多少家就与更大的一类比", "程序的缺省值", (SLIP, OUTLIER)),
    Threshold(LIKENESS, "75%", "名称有多像算相近（另要有一项登记信息相同）", "程序的缺省值", (ALIKE,)),
)
_ITEMS = {*BY_ID, *(each.name for each in THRESHOLDS)}


@dataclass(frozen=True)
class Settings:
    """What a zone looks for: the kinds that are not switched off, with these numbers; ``decided`` says what is not as it came."""

    kinds: frozenset[str] = frozenset(BY_ID)
    values: tuple[tuple[str, str], ...] = ()
    decided: tuple[Choice, ...] = ()

    def number(self, name: str) -> float:
        """The present value of a threshold, without its unit; 0.75 of 75%. None is below nought, no 倍 below one."""
        default = next(each.value for each in THRESHOLDS if each.name == name)
        text = dict(self.values).get(name, default)
        found = re.match(r"-?\d+(?:\.\d+)?", text)
        value = float(found[0]) if found else float(re.sub(r"[^\d.]", "", default))
        value = max(value, 1.0 if text.endswith("倍") else 0.0)
        return value / 100 if text.endswith("%") else value


def settings_of(connection: Connection, zone: str) -> Settings:
    """What a zone has decided."""
    said = [each for each in choices(connection, zone, (HOME,)).values() if each.value and each.item in _ITEMS]
    off = {each.item for each in said if each.value == OFF}
    values = tuple((each.item, each.value) for each in said if each.value != OFF)
    return Settings(frozenset(BY_ID.keys() - off), values, tuple(said))


def owners_of(pack: Pack, item: str) -> Sequence[str]:
    """With what a decision about ``item`` is kept: a kind of doubt and its thresholds belong to no pack."""
    return (HOME,) if item in _ITEMS else owners(pack, item)
