"""An issued version goes from state to state only as the province answers; its workbook and who signed are kept."""

from __future__ import annotations

from itertools import product

import pytest

from models.store.batches import Refused, batch
from models.store.file import DataFile
from models.store.history import undo
from models.store.versions import NEXT, keep_version, later, move, said, signed, versions, workbook_of
from models.store.zones import create_zone
from tests.models.store.made import YEAR, ZONE

STATES = ("签发", "上报", "退回", "验收", "锁定")
ALLOWED = {("签发", "上报"), ("上报", "退回"), ("上报", "验收"), ("验收", "锁定")}


@pytest.fixture
def zone(tmp_path):
    with DataFile(tmp_path / "园区.db") as made:
        create_zone(made, ZONE, "赣州经济技术开发区")
        yield made


def issue(file, no, state="签发", **values):
    with batch(file, ZONE, "签发", f"第 {no} 版") as work:
        kept = {
            "pack": "台办",
            "version": no,
            "state": state,
            "issued_at": f"2026-01-0{no}T08:00:00",
            "short_code": f"AAAA-000{no}",
        }
        return keep_version(work, YEAR, {}, kept | values, workbook=b"PK" + bytes([no]))


def found(file):
    with file.reading() as connection:
        return versions(connection, ZONE, "台办", YEAR)


@pytest.mark.parametrize(("now", "then"), list(product(STATES, STATES)))
def test_every_edge_and_no_other(zone, now, then):
    issue(zone, 1, now)
    (version,) = found(zone)
    if (now, then) not in ALLOWED:
        with pytest.raises(Refused, match=f"现在是“{now}”，不能改为“{then}”"), batch(zone, ZONE, "上报", "x") as work:
            move(work, version, then, "意见")
        assert found(zone)[0].state == now
        return
    with batch(zone, ZONE, "上报", "x") as work:
        move(work, version, then, "  凭证号重复 ")
    (moved,) = found(zone)
    assert (moved.state, moved.opinion) == (then, "凭证号重复")
    undo(zone)
    assert found(zone)[0].state == now


def test_sending_back_wants_a_reason_and_the_version_before_counts_again(zone):
    issue(zone, 1, "验收")
    issue(zone, 2, "上报")
    with pytest.raises(Refused, match="退回意见"), batch(zone, ZONE, "上报", "x") as work:
        move(work, found(zone)[1], "退回", "  ")
    with batch(zone, ZONE, "上报", "x") as work:
        move(work, found(zone)[1], "退回", "漏报")
    with zone.reading() as connection:
        assert said(connection, ZONE, "台办", YEAR).no == 1
    assert set(NEXT) == set(STATES)


def test_workbook_signatures_and_what_came_later(zone):
    first = issue(zone, 1, unit_leader="张某", filler="王某", report_date=20260105)
    issue(zone, 2)
    manifest = {"zone_code": ZONE, "pack_id": "台办", "period": "2025", "version": "1"}
    with zone.reading() as connection:
        assert workbook_of(connection, first) == b"PK\x01"
        names = signed(connection, first)
        after = later(connection, manifest)
        assert later(connection, manifest | {"version": "2"}) is None
        assert later(connection, manifest | {"pack_id": "工信"}) is None
        assert later(connection, {}) is None
    assert names == {
        "单位负责人": "张某",
        "统计负责人": "",
        "填表人": "王某",
        "联系电话": "",
        "报出日期": "2026年01月05日",
    }
    assert after.no == 2
    assert after.later_told == "这一版之后又签发了第 2 版（2026-01-02，校验码 AAAA-0002）"
