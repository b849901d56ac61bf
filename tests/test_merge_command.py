"""The command merge: preview, conflicts told with the side that stands, one step."""

from __future__ import annotations

import json

import pytest

from models.store.backup import backup
from models.store.batches import batch
from models.store.content import content_hash
from models.store.file import DataFile
from models.store.rotation import BEFORE_MERGE, backups_of
from models.store.zones import create_zone
from tests.models.store.made import ENTERPRISE, ZONE, enterprises, typed
from ui.commands.run import run_command


@pytest.fixture
def files(tmp_path):
    mine, hers = tmp_path / "我的.db", tmp_path / "她的.db"
    with DataFile(mine, who="张三") as file:
        create_zone(file, ZONE, "测试区")
        rows = enterprises(file)
        backup(mine, hers)
        typed(file, rows[0], legal_rep="甲")
    with DataFile(hers, who="李四") as file:
        typed(file, rows[0], legal_rep="乙")
        typed(file, rows[1], legal_rep="丙")
        with batch(file, ZONE, "录入", "新") as work:
            work.add(ENTERPRISE, {"ent_name": "新来的"})
    return mine, hers


def test_a_preview_changes_nothing_and_merging_is_one_step(files, capsys):
    mine, hers = files
    before = content_hash(mine, ids=True)
    assert run_command(["merge", str(hers), "--data", str(mine), "--dry-run", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["new"], told["updated"], len(told["conflicts"]), told["rows"]) == (1, 1, 1, 0)
    assert content_hash(mine, ids=True) == before
    assert run_command(["merge", str(hers), "--data", str(mine), "--conflicts", "theirs"]) == 0
    said = capsys.readouterr()
    assert "冲突 企业·企业0·法定代表人：本文件 甲（张三 " in said.err
    assert "用同事 乙（李四 " in said.err
    assert said.out.startswith("已合并“她的.db”：新增 1，更新 1，")
    assert BEFORE_MERGE in [each.reason for each in backups_of(mine)]
    assert run_command(["undo", "--data", str(mine)]) == 0
    assert content_hash(mine, ids=True) == before


def test_what_cannot_be_merged_ends_the_command(files, tmp_path, capsys):
    mine, _ = files
    assert run_command(["merge", str(mine), "--data", str(mine)]) == 2
    assert "现在打开的文件" in capsys.readouterr().err
    assert run_command(["merge", str(tmp_path / "没有.db"), "--data", str(mine)]) == 2
    (tmp_path / "x.db").write_bytes(b"PK" * 100)
    assert run_command(["merge", str(tmp_path / "x.db"), "--data", str(mine)]) == 2
