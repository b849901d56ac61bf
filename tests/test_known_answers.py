"""Known answers K30–K33 (domain worked examples): entered through the store, out of ``indicators --json`` to the printed digit.

Each has its trap set: an inflow outside 省台办口径, a person in two zones, an intern, persons who come twice, an event without a list.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from models.ledger import Ledger
from models.ledgers import ledger
from models.periods import Period
from models.store.batches import batch
from models.store.file import DataFile
from models.store.zones import create_zone
from ui.commands.run import run_command

PARK, SUB = "360799", "360798"


def typed(file: DataFile, zone: str, label: str, period: Period | None = None, /, **texts: str | bytes) -> bytes:
    """Type one row, cell by cell as a clerk writes it."""
    on: Ledger = ledger(label)
    values = {id: on.by_id[id].kind.parse(text) for id, text in texts.items()}
    with batch(file, zone, "录入", label) as work:
        return work.add(on, values, period if on.dated else None)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "算例.db"
    with DataFile(path, who="测试") as file:
        create_zone(file, PARK, "示例产业园")
        create_zone(file, SUB, "示例产业园定南片区", parent_code=PARK)
        ents = {
            zone: _enterprise(file, zone, name) for zone, name in ((PARK, "甲电子有限公司"), (SUB, "乙材料有限公司"))
        }
        _inflows(file, ents[PARK], _enterprise(file, PARK, "丙外资有限公司", is_tw="否"))
        _youth(file, ents)
        _events(file)
    return path


def _enterprise(file: DataFile, zone: str, name: str, **state: str) -> bytes:
    ent = typed(file, zone, "企业", ent_name=name)
    states = {"is_tw": "是", "op_state": "正常运营", "is_up": "否"} | state
    typed(file, zone, "企业年度", Period(2025), ent=ent, **states)
    return ent


def _inflows(file: DataFile, ent: bytes, foreign: bytes) -> None:
    """K30, K31: three sums in three currencies; then the traps, each of which some wrong reading would count."""
    heading = ("proof_no", "cur", "amt_fc", "fx_usd", "amt_usd", "fx_cny", "amt_cny", "in_date")
    counted = (
        ("港1", "港元", "2,000", "0.1282", "256.40", "0.91", "1820", "2023-05-10"),
        ("美1", "USD", "500", "1", "500", "7.1", "3550", "20240601"),
        ("人1", "人民币", "1420", "0.140845", "200", "1", "1420", "2025年3月1日"),
    )
    traps = (
        (("港2", "港元", "900", "0.1282", "115.38", "0.91", "819", "2025-04-01"), ent, "否"),  # not in 省台办口径
        (("老1", "美元", "80", "1", "80", "6.75", "540", "2019-04-01"), ent, "是"),  # before the zone was set up
        (("外1", "美元", "70", "1", "70", "7.1", "497", "2025-05-06"), foreign, "是"),  # no Taiwan enterprise
        (("后1", "美元", "60", "1", "60", "7.1", "426", "2026-01-01"), ent, "是"),  # after the report period
    )
    for values, of, in_prov in (*((row, ent, "是") for row in counted), *traps):
        cells = dict(zip(heading, values, strict=True))
        typed(file, PARK, "到资流水", ent=of, in_prov=in_prov, in_mofcom="否", via_third="否", **cells)


def _youth(file: DataFile, ents: dict[str, bytes]) -> None:
    people = (
        ("T1", "就业", "01234561", PARK), ("T2", "就业", "01234562", PARK), ("T3", "就业", "01234563", PARK),
        ("T4", "就业", "０１２３４５６３", SUB), ("T5", "创业", "01234565", PARK), ("T6", "实习", "01234566", PARK),
    )  # fmt: skip
    for number, kind, card, zone in people:
        typed(
            file,
            zone,
            "台湾青年",
            ty_id=number,
            name="某某",
            kind=kind,
            id_no=card,
            ent=ents[zone],
            from_date="2024-03-01",
            birth="1995-01",
        )


def _events(file: DataFile) -> None:
    people = iter(f"{number:08}" for number in range(10_000_000, 10_000_110))
    first: list[str] = []
    for number, visits, listed in (("A1", 50, 50), ("A2", 30, 30), ("A3", 45, 30)):
        event = typed(file, PARK, "交流活动", act_no=number, act_name=f"赣台青年交流{number}", start_date="2025-06-01",
                      end_date="2025-06-03",
                      tw_total=str(visits), tw_youth_cnt=str(visits), tw_youth_uniq=str(visits))  # fmt: skip
        cards = [next(people) for _ in range(listed)]
        # fifteen of the third event's forty-five have been at the first: 125 visits of 110 persons
        again = first[: visits - listed]
        first = first or cards
        for card in (*cards, *again):
            typed(file, PARK, "交流人员", act=event, id_no=card, is_youth="是")
        typed(
            file, PARK, "交流人员", act=event, id_no=f"9999000{number[1]}", is_youth="否"
        )  # the trap: a guest not young


def figures(data: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, tuple[str, str]]:
    assert (
        run_command(["indicators", "--data", str(data), "--zone", PARK, "--pack", "台办", "--period", "2025", "--json"])
        == 0
    )
    return {row["id"]: (row["value"], row["unit"]) for row in json.loads(capsys.readouterr().out)}


def test_known_answers(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = figures(data, capsys)
    assert found["TW05"] == ("956.40", "万美元")  # K30
    assert found["TW1-11"] == ("6790.00", "万元")  # K31
    assert found["TW04"] == ("0.68", "亿元")  # K31's trap: the target of 100 is in 亿元
    assert found["TW06"] == ("4", "人")  # K32
    assert found["TW1-27"] == ("125", "人次")  # K33
    assert found["TW07"] == ("110", "人")  # K33's trap: persons, not visits
    assert found["TW02"] == ("2", "家")


@pytest.mark.parametrize(("proof", "as_typed"), [("港1", "2000"), ("人1", "1420")])
def test_a_sum_that_was_not_converted_is_found(
    data: Path, capsys: pytest.CaptureFixture[str], proof: str, as_typed: str
) -> None:
    """K30's trap: 港元 and 人民币 are converted one by one; the original amount in 折万美元 is 强制, its own conversion is not."""
    target = ["set", "--data", str(data), "--zone", PARK, "--ledger", "到资流水", "--key", proof, "--period", "2025"]
    audit = ["audit", "--data", str(data), "--zone", PARK, "--own", "--pack", "台办", "--period", "2025", "--json"]
    assert _unconverted(audit, capsys) == []
    assert run_command([*target, f"折万美元={as_typed}"]) == 0
    capsys.readouterr()
    assert _unconverted(audit, capsys) == [proof]


def _unconverted(audit: list[str], capsys: pytest.CaptureFixture[str]) -> list[str]:
    run_command(audit)
    return [found["key"] for found in json.loads(capsys.readouterr().out) if found["code"] == "W007"]


def test_rows_behind_tell_what_is_left_out(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = [
        "indicators",
        "--data",
        str(data),
        "--zone",
        PARK,
        "--pack",
        "台办",
        "--period",
        "2025",
        "--rows",
        "TW05",
        "--json",
    ]
    assert run_command(command) == 0
    (part,) = json.loads(capsys.readouterr().out)
    assert sorted(row["value"] for row in part["included"]) == ["200", "256.4", "500"]
    assert len(part["left_out"]) == 4
    assert all(row["reason"] for row in part["left_out"])


def test_own_leaves_the_sub_park_out(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        run_command(
            ["indicators", "--data", str(data), "--zone", PARK, "--own", "--pack", "台办", "--period", "2025", "--json"]
        )
        == 0
    )
    own = {row["id"]: row["value"] for row in json.loads(capsys.readouterr().out)}
    assert own["TW02"] == "1"
