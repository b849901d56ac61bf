"""The one file of a release on a person's PC: installed, updated by a newer file, taken back, uninstalled."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from bundle.contents import NAME
from bundle.desk import Notes
from bundle.outside import Outside
from models.version import VERSION
from ui.releases import ENDING, pack, write_list

NEXT = "99.0.0"
_NEXT_PROGRAM = f"""#!/bin/sh
# stands for a newer program: tells its number and does all else as the one beside it
if [ "$1" = --version ]; then echo "{NAME} {NEXT}"; exit; fi
exec "$(dirname "$(readlink -f "$0")")/{NAME}.bin" "$@"
"""


def installed_and_updated(outside: Outside, built: Path, file: Path, found: Notes) -> None:
    """Every step, each by what a person starts."""
    home = outside.home
    base, menu = home / ".local/opt" / NAME, home / ".local/share/applications" / f"{NAME}.desktop"
    desktop = home / "Desktop"
    desktop.mkdir()
    data = home / ".local/share" / NAME / "园区年报.db"
    before = data.read_bytes()
    _script(outside, _unpacked(file, home / "下载"), "安装.sh")
    program = base / "现用" / NAME
    _hold(VERSION in outside.run("--version", program=program), "装好的程序打不开")
    _hold(menu.is_file() and (desktop / menu.name).is_file(), "没有菜单或桌面图标")
    _hold(_started_by(menu) == str(program), f"菜单打开的不是装好的程序：{_started_by(menu)}")
    newer = _newer(built, home / "下载")
    said = outside.run("update", str(newer), program=program)
    _hold(NEXT in said and NEXT in outside.run("--version", program=program), f"没有更新：{said}")
    said = outside.run("update", str(file), program=program, code=2)
    _hold("旧" in said, f"旧文件也拿来更新了：{said}")
    _spoil(newer)
    outside.run("update", "--back", program=program)
    _hold(VERSION in outside.run("--version", program=program), "没有退回")
    outside.run("update", str(newer), program=program, code=2)
    _hold(VERSION in outside.run("--version", program=program), "坏的更新文件换掉了程序")
    _script(outside, program.parent.resolve(), "卸载.sh")
    _hold(not base.exists() and not menu.exists() and not (desktop / menu.name).exists(), "没有卸载干净")
    _hold(data.read_bytes() == before, "数据文件变了")
    found.say("安装.sh 不用管理员；用一个文件更新、退回；坏的、旧的文件不换；卸载后数据文件一个字节没动")


def _hold(holds: object, sentence: str) -> None:
    if not holds:
        raise AssertionError(sentence)


def _unpacked(file: Path, folder: Path) -> Path:
    shutil.unpack_archive(file, folder, filter="data")
    return next(folder.iterdir())


def _script(outside: Outside, folder: Path, name: str) -> None:
    done = subprocess.run(
        ["sh", str(folder / name)],
        env=outside.environment(),
        cwd=outside.home,
        check=False,
        stdin=subprocess.DEVNULL,
        capture_output=True,
    )
    if done.returncode:
        raise AssertionError(f"{name}：{(done.stdout + done.stderr).decode('utf-8', 'replace')[-2000:]}")


def _started_by(entry: Path) -> str:
    line = next(line for line in entry.read_text(encoding="utf-8").splitlines() if line.startswith("Exec="))
    return line.removeprefix("Exec=").strip('"')


def _newer(built: Path, folder: Path) -> Path:
    place = folder / "新版"
    shutil.copytree(built, place)
    (place / NAME).rename(place / f"{NAME}.bin")
    (place / NAME).write_text(_NEXT_PROGRAM, encoding="utf-8")
    (place / NAME).chmod(0o755)
    write_list(place, NEXT)
    file = pack(place, folder / f"{NAME}-{NEXT}{ENDING}")
    shutil.rmtree(place)
    return file


def _spoil(file: Path) -> None:
    content = file.read_bytes()
    file.write_bytes(content[: len(content) * 2 // 3])
