"""Installing a pack from a file: checked whole, in force at once, an older one and a faulty one refused."""

from __future__ import annotations

import re
import shutil

import pytest

from exporters.pack_book import build
from exporters.template import expressions
from models.packs.keeping import keep
from models.packs.pack import BUILT_IN, forget_packs, installed_folder, is_installed, pack, pack_folder, pack_ids
from models.packs.tables import BadPack, read_folder
from ui.commands.run import run_command
from ui.packing import Faulty, install


@pytest.fixture(autouse=True)
def afresh(user_folders):
    forget_packs()
    yield
    forget_packs()


def copied(tmp_path, version="2026.1", id="台办"):
    folder = shutil.copytree(BUILT_IN / "台办", tmp_path / "包" / id)
    head = folder / "pack.toml"
    text = re.sub(r'version = ".*"', f'version = "{version}"', head.read_text(encoding="utf-8"))
    head.write_text(text.replace('id = "台办"', f'id = "{id}"'), encoding="utf-8")
    return folder


def workbook(tmp_path, **wanted):
    path = tmp_path / "下发.xlsx"
    path.write_bytes(build(read_folder(copied(tmp_path, **wanted))[0]))
    return path


def test_a_workbook_becomes_the_pack_in_force(tmp_path):
    before = pack("台办")
    assert not is_installed("台办")
    made = install(workbook(tmp_path))
    assert (made.id, made.version) == ("台办", "2026.1")
    assert pack("台办") is made
    assert is_installed("台办")
    assert pack_folder("台办") == installed_folder() / "台办"
    assert [each.formula for each in made.indicators] == [each.formula for each in before.indicators]
    assert expressions(made.form) == expressions(before.form)
    assert list(installed_folder().iterdir()) == [installed_folder() / "台办"]


def test_a_new_one_stands_beside_the_others(tmp_path):
    install(copied(tmp_path, id="台办-赣州"))
    assert {"台办", "台办-赣州"} <= set(pack_ids())


def test_an_older_one_is_refused_and_a_program_with_a_later_one_takes_its_own(tmp_path):
    install(workbook(tmp_path))
    shutil.rmtree(tmp_path / "包")
    with pytest.raises(BadPack, match=r"已有更新的“台办”（版本 2026\.1），这一份是 2025\.10，没有安装"):
        install(workbook(tmp_path, version="2025.10"))
    assert pack("台办").version == "2026.1"
    (installed_folder() / "台办" / "pack.toml").write_text('id = "台办"\nversion = "2024.12"\n', encoding="utf-8")
    forget_packs()
    assert pack("台办").version == "2025.1"


def test_a_faulty_one_is_not_installed_and_all_faults_are_told(tmp_path, capsys):
    folder = copied(tmp_path)
    table = folder / "指标.csv"
    text = table.read_text(encoding="utf-8")
    table.write_text(text.replace("合计(", "合讨(", 2), encoding="utf-8")
    with pytest.raises(Faulty) as caught:
        install(folder)
    assert len(caught.value.faults) >= 2
    assert pack("台办").version == "2025.1"
    assert run_command(["pack", "install", str(folder)]) == 1
    assert "没有安装" in capsys.readouterr().err
    assert not installed_folder().exists()


def test_a_name_that_would_leave_the_folder_is_refused(tmp_path):
    source, _ = read_folder(copied(tmp_path))
    for id in ("../x", "a/b", ""):
        with pytest.raises(BadPack, match="不能作文件夹名"):
            keep(
                type(source)(
                    source.name, dict(source.head) | {"id": id}, source.tables, source.form, report=source.report
                )
            )


def test_the_command_installs(tmp_path, capsys):
    assert run_command(["pack", "install", str(workbook(tmp_path))]) == 0
    assert capsys.readouterr().out.startswith("已安装：台办")
    assert run_command(["pack", "list"]) == 0
    assert "版本 2026.1" in capsys.readouterr().out
    assert run_command(["pack", "install"]) == 2
    assert run_command(["pack", "install", str(tmp_path / "没有.xlsx")]) == 2
