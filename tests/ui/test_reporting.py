"""Issuing: a version and its workbook are kept together or not at all."""

from __future__ import annotations

from contextlib import contextmanager

import pytest

from exporters.seal import verify
from models.choices import owners
from models.packs.pack import pack
from models.periods import Period
from models.store.batches import batch
from models.store.choices import OFF, choose
from models.store.faults import DiskFull, InUse
from models.store.file import DataFile
from models.store.versions import versions
from models.store.zones import pick
from tests.test_commands import data, made, right, run
from ui import reporting
from ui.asked import Asked
from ui.reporting import issue

__all__ = ["data", "made", "run"]  # fixtures


def test_a_version_that_cannot_be_kept_leaves_no_workbook(run, data, tmp_path, monkeypatch):
    right(run, data)

    @contextmanager
    def on_a_full_disk(*step):
        with batch(*step) as work:
            yield work
            assert (tmp_path / "上报.xlsx").exists()
            raise DiskFull("磁盘已满")

    monkeypatch.setattr(reporting, "batch", on_a_full_disk)
    with DataFile(data) as file:
        with file.reading() as connection:
            zone = pick(connection)
        with pytest.raises(DiskFull):
            issue(file, Asked(zone, (zone.code,), Period(2025), pack("台办")), target=tmp_path / "上报.xlsx")
        with file.reading() as connection:
            assert versions(connection, zone.code, "台办", Period(2025)) == []
    assert list(tmp_path.glob("*.xlsx")) == []


def test_what_lies_at_the_place_stays_when_the_version_cannot_be_begun(run, data, tmp_path, monkeypatch):
    right(run, data)
    (tmp_path / "上报.xlsx").write_bytes(b"an earlier draft")

    @contextmanager
    def elsewhere(*_):
        raise InUse("前一步还没有做完")
        yield

    monkeypatch.setattr(reporting, "batch", elsewhere)
    with DataFile(data) as file:
        with file.reading() as connection:
            zone = pick(connection)
        with pytest.raises(InUse):
            issue(file, Asked(zone, (zone.code,), Period(2025), pack("台办")), target=tmp_path / "上报.xlsx")
    assert (tmp_path / "上报.xlsx").read_bytes() == b"an earlier draft"


def test_the_sealed_return_says_which_rules_are_switched_off_who_said_so_and_why(run, data, tmp_path):
    right(run, data)
    why = "全区今年搬迁停产，营业收入同比不可比"
    with DataFile(data, who="王会计") as file:
        with file.reading() as connection:
            zone = pick(connection)
        with batch(file, zone.code, "审核设置", "停用 P014") as work:
            choose(work, owners(pack("台办"), "P014"), "P014", OFF, why)
        issue(file, Asked(zone, (zone.code,), Period(2025), pack("台办")), target=tmp_path / "上报.xlsx")
    verdict = verify(tmp_path / "上报.xlsx")
    assert verdict.ok
    (said,) = verdict.data["choices"]
    assert {key: said[key] for key in ("item", "value", "why", "who")} == {
        "item": "P014",
        "value": "停用",
        "why": why,
        "who": "王会计",
    }
    assert said["at"]
