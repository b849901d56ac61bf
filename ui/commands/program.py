"""The commands that put the program itself in place: install, uninstall, update."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TypeVar

from models.places import program_folder
from models.progress import Steps, finish
from ui.commands.output import DONE, Stop, show, stopping
from ui.folders import default_file
from ui.installing import Home, go_back, uninstall, update
from ui.installing import install as put_in_place
from ui.releases import BadRelease, Release, digest, read_list

T = TypeVar("T", Release, Path)


def install(_: argparse.Namespace) -> int:
    """Put this program in its place for the person who runs it."""
    home = Home()
    release = _done(put_in_place(_bundled(), home))
    show(f"已安装 {release.version}：{home.base}；从菜单或桌面的“园区年报通”打开")
    return DONE


def remove(_: argparse.Namespace) -> int:
    """Take the program away again, the data stays."""
    _bundled()
    home = Home()
    kept = uninstall(home)
    show(f"已卸载；数据没有动，仍在 {default_file().parent}")
    for path in kept:
        show(f"这个文件夹里有您自己的文件，留着没删：{path}")
    return DONE


def renew(options: argparse.Namespace) -> int:
    """Take a newer program from a file, or go back to the one before."""
    running, home = _bundled(), Home()
    if options.back:
        with stopping(BadRelease, OSError):
            release = go_back(home)
        show(f"已退回 {release.version}，关闭后重新打开就是它")
        return DONE
    if options.file is None:
        raise Stop("请写上更新文件，或写 --back 退回上一版")
    with stopping(OSError):
        show(f"更新文件的校验码（SHA-256）：{digest(options.file)}")
    place: Path = _done(update(options.file, home, running))
    where = "关闭后重新打开就是新版本" if place.parent == home.base else f"新程序在 {place}，旧的可以删去"
    show(f"已更新到 {read_list(place).version}：{where}；数据没有动")
    return DONE


def _bundled() -> Path:
    folder = program_folder()
    if folder is None:
        raise Stop("这是从源码运行的程序，不用安装，也不能这样更新")
    if not sys.platform.startswith("linux"):
        raise Stop("在 Windows 上安装、更新请双击新版的安装程序，卸载请到“设置 → 应用”")
    return folder


def _done(steps: Steps[T]) -> T:
    with stopping(BadRelease, OSError):
        return finish(steps)
