"""The program put in place, updated by a file, taken back and away; a whole release is told from a broken one."""

from __future__ import annotations

import io
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

from models.progress import finish
from ui import installing
from ui.folders import PROGRAM, default_file
from ui.installing import CURRENT, Home, go_back, install, switch, uninstall, update
from ui.releases import LIST, BadRelease, pack, read_list, strangers, this_platform, unpack, verify, write_list

PROGRAM_TEXT = """#!/bin/sh
here=$(cd "$(dirname "$0")" && pwd)
case "$1" in
--version) echo "园区年报通 {version}" ;;
install) ln -sfn "$(basename "$here")" "$here/../现用" ;;
esac
"""


def made(folder: Path, version: str, text: str = PROGRAM_TEXT) -> Path:
    """A small release: a program that tells its version, and a file beside it."""
    (folder / "_internal" / "资源").mkdir(parents=True)
    (folder / "_internal" / "资源" / "表.csv").write_text(version, encoding="utf-8")
    (folder / PROGRAM).write_text(text.format(version=version), encoding="utf-8")
    (folder / PROGRAM).chmod(0o755)
    write_list(folder, version)
    return folder


def packed(tmp_path: Path, version: str, **said: str) -> Path:
    return pack(made(tmp_path / f"建 {version}", version, **said), tmp_path / f"园区年报通 {version}.tar.gz")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    (tmp_path / "桌面").mkdir()
    return Home(tmp_path / "家 ①" / PROGRAM, tmp_path / "菜单", tmp_path / "桌面")


@pytest.fixture
def first(tmp_path: Path, home: Home) -> Path:
    """The program, installed at 1.0.0."""
    finish(install(made(tmp_path / "下载" / "园区年报通-1.0.0", "1.0.0"), home))
    assert home.current is not None
    return home.current


def said(folder: Path) -> str:
    done = subprocess.run([str(folder / PROGRAM), "--version"], capture_output=True, check=True)
    return done.stdout.decode("utf-8").strip()


def test_an_installed_program_is_whole_and_started_by_its_entries(home: Home, first: Path) -> None:
    assert first == home.base / "园区年报通-1.0.0"
    assert said(home.base / CURRENT) == "园区年报通 1.0.0"
    assert finish(verify(first)).version == "1.0.0"
    for entry in (home.applications / "园区年报通.desktop", home.desktop / "园区年报通.desktop"):
        lines = entry.read_text(encoding="utf-8").splitlines()
        assert f'Exec="{home.base / CURRENT / PROGRAM}"' in lines
        assert entry.stat().st_mode & 0o111


def test_marks_in_a_path_are_quoted_as_desktop_entries_want_it(tmp_path: Path) -> None:
    home = Home(tmp_path / '百分%"价$`', tmp_path / "菜单", tmp_path / "没有的桌面")
    switch(home, home.base / "园区年报通-1.0.0")
    text = (home.applications / "园区年报通.desktop").read_text(encoding="utf-8")
    assert '百分%%\\\\"价\\\\$\\\\`/现用/园区年报通"' in text
    assert not home.desktop.exists()


def test_installing_again_mends_a_damaged_program(tmp_path: Path, home: Home, first: Path) -> None:
    (first / "_internal" / "资源" / "表.csv").unlink()
    finish(install(tmp_path / "下载" / "园区年报通-1.0.0", home))
    assert finish(verify(first)).version == "1.0.0"


def test_an_update_keeps_the_version_before(tmp_path: Path, home: Home, first: Path) -> None:
    place = finish(update(packed(tmp_path, "1.1.0"), home, first))
    assert home.current == place == home.base / "园区年报通-1.1.0"
    assert said(home.base / CURRENT) == "园区年报通 1.1.0"
    assert home.before == first
    assert go_back(home).version == "1.0.0"
    assert said(home.base / CURRENT) == "园区年报通 1.0.0"
    with pytest.raises(BadRelease, match="退不回去"):
        go_back(home)


def test_only_two_versions_are_kept_and_nobody_s_own_files_go(tmp_path: Path, home: Home, first: Path) -> None:
    (first / "我的数据.db").write_text("6", encoding="utf-8")
    running = first
    for version in ("1.1.0", "1.2.0", "1.3.0"):
        running = finish(install(made(tmp_path / version, version), home)) and home.current
        assert running
    left = sorted(path.name for path in home.base.iterdir())
    assert left == [f"园区年报通-{version}" for version in ("1.0.0", "1.2.0", "1.3.0")] + [CURRENT]
    assert (first / "我的数据.db").read_text(encoding="utf-8") == "6"


def test_a_program_on_a_stick_gets_its_new_version_beside_it(tmp_path: Path, home: Home) -> None:
    running = made(tmp_path / "U盘" / "园区年报通-1.0.0", "1.0.0")
    place = finish(update(packed(tmp_path, "1.1.0"), home, running))
    assert place == tmp_path / "U盘" / "园区年报通-1.1.0"
    assert said(place) == "园区年报通 1.1.0"
    assert said(running) == "园区年报通 1.0.0"
    assert not home.base.exists()


def broken(file: Path, how: str) -> None:
    """Spoil a release's file as it happens to files that are carried."""
    content = file.read_bytes()
    if how == "cut":
        file.write_bytes(content[: len(content) // 2])
    elif how == "empty":
        file.write_bytes(b"")
    elif how == "other":
        file.write_text("这是别的文件", encoding="utf-8")
    else:
        with tarfile.open(fileobj=io.BytesIO(content), mode="r:gz") as archive:
            archive.extractall(file.with_suffix(""), filter="data")
        top = next(file.with_suffix("").iterdir())
        if how == "changed":
            (top / "_internal" / "资源" / "表.csv").write_text("改过", encoding="utf-8")
        elif how == "missing":
            (top / "_internal" / "资源" / "表.csv").unlink()
        elif how == "unlisted":
            (top / LIST).unlink()
        elif how == "foreign":
            listed = (top / LIST).read_text(encoding="utf-8")
            (top / LIST).write_text(listed.replace(this_platform(), "linux-loongarch64"), encoding="utf-8")
        with tarfile.open(file, "w:gz") as archive:
            archive.add(top, top.name)
        shutil.rmtree(file.with_suffix(""))


@pytest.mark.parametrize(
    ("how", "sentence"),
    [
        ("cut", "没有拷完整"),
        ("empty", "没有拷完整"),
        ("other", "没有拷完整"),
        ("changed", "1 个缺失或损坏"),
        ("missing", "1 个缺失或损坏"),
        ("unlisted", "不是园区年报通的程序文件夹"),
        ("foreign", "是给 linux-loongarch64 的"),
    ],
)
def test_a_broken_file_changes_nothing(how: str, sentence: str, tmp_path: Path, home: Home, first: Path) -> None:
    file = packed(tmp_path, "1.1.0")
    broken(file, how)
    with pytest.raises(BadRelease, match=sentence):
        finish(update(file, home, first))
    assert sorted(path.name for path in home.base.iterdir()) == ["园区年报通-1.0.0", CURRENT]
    assert said(home.base / CURRENT) == "园区年报通 1.0.0"


def test_a_program_that_does_not_start_here_is_not_taken(tmp_path: Path, home: Home, first: Path) -> None:
    file = packed(tmp_path, "1.1.0", text="#!/bin/sh\necho 'GLIBC_2.99 not found' >&2; exit 1\n")
    with pytest.raises(BadRelease, match=r"打不开，没有更新.*GLIBC_2\.99"):
        finish(update(file, home, first))
    assert home.current == first
    assert not (home.base / "园区年报通-1.1.0").exists()


@pytest.mark.parametrize(("version", "sentence"), [("1.0.0", "不用更新"), ("0.9.12", "旧，没有更新")])
def test_only_a_newer_version_is_taken(version: str, sentence: str, tmp_path: Path, home: Home, first: Path) -> None:
    with pytest.raises(BadRelease, match=sentence):
        finish(update(packed(tmp_path, version), home, first))
    assert home.current == first


def test_stopping_on_the_way_leaves_everything_as_it_was(tmp_path: Path, home: Home, first: Path) -> None:
    steps = update(packed(tmp_path, "1.1.0"), home, first)
    next(steps)
    steps.close()
    assert sorted(path.name for path in home.base.iterdir()) == ["园区年报通-1.0.0", CURRENT]


def test_an_archive_may_not_reach_outside(tmp_path: Path) -> None:
    file = tmp_path / "坏.tar.gz"
    with tarfile.open(file, "w:gz") as archive:
        member = tarfile.TarInfo("园区年报通-1.0.0/../../外面.txt")
        archive.addfile(member, io.BytesIO(b""))
    with pytest.raises(BadRelease):
        finish(unpack(file, tmp_path / "里" / "面"))
    assert not list(tmp_path.rglob("外面.txt"))


def test_a_full_disk_is_told_before_anything_is_written(
    tmp_path: Path, home: Home, first: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)._replace(free=10_000_000)
    monkeypatch.setattr(installing.shutil, "disk_usage", lambda _: usage)
    with pytest.raises(BadRelease, match="磁盘剩 10 MB"):
        finish(update(packed(tmp_path, "1.1.0"), home, first))
    assert home.current == first


def test_uninstalling_leaves_data_and_own_files(tmp_path: Path, home: Home, first: Path) -> None:
    data = default_file()
    data.parent.mkdir(parents=True)
    data.write_bytes(b"data")
    finish(update(packed(tmp_path, "1.1.0"), home, first))
    (first / "笔记.txt").write_text("别删", encoding="utf-8")
    assert uninstall(home) == [first]
    assert (first / "笔记.txt").read_text(encoding="utf-8") == "别删"
    assert not (home.base / "园区年报通-1.1.0").exists()
    assert not list(home.applications.iterdir())
    assert not list(home.desktop.iterdir())
    assert data.read_bytes() == b"data"


def test_a_list_names_what_is_the_program_s(tmp_path: Path) -> None:
    folder = made(tmp_path / "程序", "1.0.0")
    (folder / "_internal" / "多出.txt").write_text("", encoding="utf-8")
    release = read_list(folder)
    assert strangers(folder, release) == ["_internal/多出.txt"]
    assert release.number == (1, 0, 0)
