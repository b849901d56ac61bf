"""Rules that see several zones: what a clerk does about a finding clears it, and what is not filled in yet is no finding."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.packs.pack import pack
from models.periods import Period
from models.rules import Scene, rule_set
from models.store.file import DataFile
from models.store.zones import create_zone
from tests.models.cases import TODAY, Case, Loaded

CODE = "统一社会信用代码=91360500716575125F"
TWO = "甲 企业 " + CODE + "|乙 企业 区=二;" + CODE
OWN = "甲年 企业年度 企业=甲;是否规上=否|乙年 企业年度 区=二;企业=乙;是否规上=否"
PARKS = "分一 开发区 区=二;上级开发区代码=360799|分二 开发区 区=三;上级开发区代码=360799"
WHO = "证件号=01234567;起始日期="
MOVED = WHO + "2023-03-01;终止日期=2025-06-30"
MONEY = "到资流水 企业=甲;计入台办口径=是"
PLACE = "园 开发区 合作区产业园=赣州|甲 企业 " + CODE

SHORT = {"【】": "营业收入(全口径)", "区=二": "所在区=360702", "区=三": "所在区=360703"}

CASES = {
    # an enterprise that moved: cleared by what the remedy says, in that year and later; one that is in both is found
    ("M007", "甲", True): f"{TWO}|{OWN}",
    ("M007", "甲", False): f"{TWO}|{OWN};迁往开发区=定南",
    ("M007", "乙", False): f"{TWO}|{OWN};迁往开发区=定南",
    ("M007", "甲", False, "2025 left"): f"{TWO}|{OWN};退出日期=2025-06-30",
    ("M007", "甲", False, "last year"): f"{TWO}|甲年 企业年度 企业=甲;是否规上=否|去年 企业年度 区=二;报告期=2024;企业=乙;退出原因=迁出",
    ("M007", "甲", False, "left long ago"): f"{TWO};入园时间=2015-01-01|甲年 企业年度 企业=甲;是否规上=否",
    ("M007", "甲", True, "new in both"): f"{TWO};入园时间=2025-01-01",
    # sub-parks that have not filled their figures: only what is certainly wrong is found
    ("M008", "总", False): f"总 开发区年度 【】=1000|{PARKS}",
    ("M008", "总", False, "one of two"): f"总 开发区年度 【】=1000|{PARKS}|年 开发区年度 区=二;【】=400",
    ("M008", "总", True, "too much"): f"总 开发区年度 【】=1000|{PARKS}|年 开发区年度 区=二;【】=1400",
    ("M008", "总", True, "all there"): f"总 开发区年度 【】=1000|{PARKS}|年 开发区年度 区=二;【】=400|年二 开发区年度 区=三;【】=400",
    ("M008", "总", False, "all right"): f"总 开发区年度 【】=1000|{PARKS}|年 开发区年度 区=二;【】=400|年二 开发区年度 区=三;【】=600",
    ("M009", "总", False): "总 开发区年度 规上工业营业收入=1|另 开发区年度 区=二;【】=400",
    # a young person who moved to another zone, by 终止日期; the same stay in two zones is found even when it is over
    ("W014", "一", False): f"一 台湾青年 人员编号=T1;{MOVED}|二 台湾青年 区=二;人员编号=T2;{WHO}2025-07-01",
    ("W014", "二", False): f"一 台湾青年 人员编号=T1;{MOVED}|二 台湾青年 区=二;人员编号=T2;{WHO}2025-07-01",
    ("W014", "一", False, "next year"): f"一 台湾青年 人员编号=T1;{WHO}2023-03-01|二 台湾青年 区=二;人员编号=T2;{WHO}2026-01-01",
    ("W014", "一", True, "both at the end"): f"一 台湾青年 人员编号=T1;{WHO}2023-03-01|二 台湾青年 区=二;人员编号=T2;{WHO}2025-07-01",
    ("W014", "一", True, "the same stay"): f"一 台湾青年 人员编号=T1;{MOVED}|二 台湾青年 区=二;人员编号=T2;{MOVED}",
    # money whose 凭证号 is not filled in is no doubled money
    ("W018", "园", False): f"{PLACE}|钱 {MONEY}|又 {MONEY};凭证号=P1",
    ("W018", "园", True, "the same"): f"{PLACE}|钱 {MONEY};凭证号=P1|又 {MONEY};凭证号=P1",
}  # fmt: skip


@pytest.mark.parametrize("key", CASES, ids=lambda key: "-".join(map(str, key)))
def test_what_is_found(tmp_path: Path, key: tuple[str, str, bool]) -> None:
    rule, label, found = key[:3]
    case = Case(rule, "")
    text = CASES[key]
    for short, long in SHORT.items():
        text = text.replace(short, long)
    for part in text.split("|"):
        row, ledger, values = part.split(" ", 2)
        case.rows.append((ledger, row, dict(each.split("=", 1) for each in values.split(";"))))
    with DataFile(tmp_path / "例.db", who="测试") as file:
        create_zone(file, "360799", "示例园")
        loaded = Loaded(file, "360799", case)
        scene = Scene(loaded.zones[label], Period(2025), TODAY)
        rules = rule_set(pack("台办"))
        with file.reading() as connection:
            for rows in (None, {loaded.ledgers[label].id: [loaded.ids[label]]}):
                asked = rules.ask(connection, scene, rows)
                assert ((rule, loaded.ids[label]) in [(each.id, row) for each, row in asked.failed]) is found
