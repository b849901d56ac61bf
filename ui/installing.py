"""The program put where it belongs for one person, without an administrator (Linux; on Windows its installer does this).

    ~/.local/opt/园区年报通/园区年报通-0.4.0/   one folder for each version, the last two are kept
                            现用 → …-0.4.0      what menu and desktop start; replaced in one stroke

A newer program comes as one file: it is unpacked beside the others, verified, started once, and only then made the current one.
Data files lie elsewhere (ui/folders.py) and are not touched; a newer program backs them up before it upgrades them.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import platformdirs

from models.progress import Progress, Steps
from ui.folders import PROGRAM
from ui.releases import LIST, BadRelease, Release, read_list, strangers, unpack, verify

CURRENT = "现用"
_ICON = "_internal/resources/icons/园区年报通.png"
_STALE = (".new", ".old")


def _base() -> Path:
    return Path.home() / ".local" / "opt" / PROGRAM


def _applications() -> Path:
    return Path(platformdirs.user_data_dir()) / "applications"


def _desktop() -> Path:
    return Path(platformdirs.user_desktop_dir())


@dataclass(frozen=True)
class Home:
    """Where the versions, the menu's entry and the desktop's lie."""

    base: Path = field(default_factory=_base)
    applications: Path = field(default_factory=_applications)
    desktop: Path = field(default_factory=_desktop)

    @property
    def current(self) -> Path | None:
        """The version that is started from the menu."""
        link = self.base / CURRENT
        return self.base / link.readlink() if link.is_symlink() else None

    def versions(self) -> list[tuple[Release, Path]]:
        """The installed versions, the newest first."""
        found = []
        for path in self.base.glob(f"{PROGRAM}-*") if self.base.is_dir() else ():
            if path.suffix not in _STALE and path.is_dir():
                try:
                    found.append((read_list(path), path))
                except BadRelease:
                    continue
        return sorted(found, key=lambda each: each[0].number, reverse=True)

    @property
    def before(self) -> Path | None:
        """The newest installed version older than the current one."""
        paths = [path for _, path in self.versions()]
        at = paths.index(self.current) if self.current in paths else -1
        return paths[at + 1] if 0 <= at < len(paths) - 1 else None


def install(program: Path, home: Home) -> Steps[Release]:
    """Put the program in ``program`` into ``home`` (unless it is there), make it current, and give it its entries."""
    release = yield from verify(program)
    place = home.base / release.name
    if place.resolve() != program.resolve():
        _room(home.base, program)
        fresh = place.with_name(f"{place.name}.new")
        shutil.rmtree(fresh, ignore_errors=True)
        yield Progress(0, 0, "复制程序")
        for name in (*release.files, LIST):
            (fresh / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(program / name, fresh / name)
        yield from verify(fresh)
        _put(fresh, place)
    switch(home, place)
    _clear(home)
    return release


def update(file: Path, home: Home, running: Path | None) -> Steps[Path]:
    """Take a newer program from a release's file; where it lies now. ``running`` is the folder of the program that asks.

    Installed, it becomes the current one; a program carried on a stick gets its new version as a folder beside it.
    """
    installed = home.current is not None and (running is None or running.parent == home.base.resolve())
    base = home.base if installed or running is None else running.parent
    fresh = base / f"{PROGRAM}.new"
    shutil.rmtree(fresh, ignore_errors=True)
    _room(base, file, times=4)
    release = yield from unpack(file, fresh)
    place = base / release.name
    try:
        _newer(release, running)
        yield Progress(0, 0, "试开新程序")
        _try(fresh, release)
        _put(fresh, place)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    if base == home.base:
        told = _started(place, "install")  # the new program knows best what entries it wants
        if home.current != place:
            raise BadRelease(f"新程序没有换上，原来的照常用（{told.strip()[-200:]}）")
    return place


def switch(home: Home, place: Path) -> None:
    """Make the version at ``place`` the current one, in one stroke, and let menu and desktop start it."""
    home.base.mkdir(parents=True, exist_ok=True)
    fresh = home.base / f"{CURRENT}.new"
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(place.name)
    fresh.replace(home.base / CURRENT)
    home.applications.mkdir(parents=True, exist_ok=True)
    entry = _entry(home.base / CURRENT)
    for folder in (home.applications, home.desktop):
        if folder.is_dir():  # a person without a desktop folder gets no desktop entry
            path = folder / f"{PROGRAM}.desktop"
            path.write_text(entry, encoding="utf-8")
            path.chmod(0o755)  # 麒麟 and UOS start only entries that may be executed


def go_back(home: Home) -> Release:
    """Make the version before the current one current again."""
    before = home.before
    if before is None:
        raise BadRelease("没有留着更早的版本，退不回去")
    switch(home, before)
    return read_list(before)


def uninstall(home: Home) -> list[Path]:
    """Take the program away; what a person had put into its folders stays, and is returned. Data files are not touched."""
    for folder in (home.applications, home.desktop):
        (folder / f"{PROGRAM}.desktop").unlink(missing_ok=True)
    (home.base / CURRENT).unlink(missing_ok=True)
    kept = [path for release, path in home.versions() if not _removed(path, release)]
    for path in home.base.glob(f"{PROGRAM}*") if home.base.is_dir() else ():
        if path.suffix in _STALE:
            shutil.rmtree(path, ignore_errors=True)
    if home.base.is_dir() and not any(home.base.iterdir()):
        home.base.rmdir()
    return kept


def _newer(release: Release, running: Path | None) -> None:
    now = read_list(running) if running else None
    if now and release.number == now.number:
        raise BadRelease(f"现在用的就是 {now.version}，不用更新")
    if now and release.number < now.number:
        raise BadRelease(f"这一份是 {release.version}，比现在用的 {now.version} 旧，没有更新；要退回上一版请用“退回”")


def _room(base: Path, source: Path, times: int = 1) -> None:
    there = base if base.is_dir() else Path.home()
    needed = times * sum(path.stat().st_size for path in ([source] if source.is_file() else source.rglob("*")))
    free = shutil.disk_usage(there).free
    if free < needed + 50_000_000:
        raise BadRelease(f"磁盘剩 {free // 1_000_000} MB，装程序要 {needed // 1_000_000 + 50} MB，请清出空间后再来")


def _put(fresh: Path, place: Path) -> None:
    """``fresh`` takes ``place``; what was there goes when that has worked."""
    old = place.with_name(f"{place.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if place.exists():
        place.rename(old)
    fresh.rename(place)
    shutil.rmtree(old, ignore_errors=True)


def _try(folder: Path, release: Release) -> None:
    """Start the new program once: it tells its version, so this PC can run it."""
    told = _started(folder, "--version")
    if release.version not in told:
        raise BadRelease(f"新程序在这台电脑上打不开，没有更新，原来的照常用（{told.strip()[-200:] or '没有回音'}）")


def _started(folder: Path, *arguments: str) -> str:
    """What the program in ``folder`` prints."""
    own = {name: text for name, text in os.environ.items() if not name.startswith(("_PYI", "QT_PLUGIN", "QML2"))}
    try:
        done = subprocess.run(  # noqa: S603 - a verified release's own program
            [str(folder / PROGRAM), *arguments], capture_output=True, check=False, timeout=120, env=own, cwd=folder
        )
    except (OSError, subprocess.SubprocessError) as fault:
        return str(fault)
    return (done.stdout + done.stderr).decode("utf-8", "replace")


def _clear(home: Home) -> None:
    """Keep the current version and the one before; older ones go unless somebody put a file into them."""
    keep = {home.current, home.before, Path(sys.executable).parent}
    for release, path in home.versions():
        if path not in keep:
            _removed(path, release)


def _removed(path: Path, release: Release) -> bool:
    if strangers(path, release):
        return False
    shutil.rmtree(path, ignore_errors=True)
    return not path.exists()


def _entry(program: Path) -> str:
    """The desktop entry; its Exec is quoted as the Desktop Entry Specification has it."""
    quoted = str(program / PROGRAM).replace("\\", "\\\\\\\\").replace("%", "%%")
    for mark in '"`$':
        quoted = quoted.replace(mark, f"\\\\{mark}")
    return (
        "[Desktop Entry]\nType=Application\nVersion=1.0\n"
        f"Name={PROGRAM}\nComment=开发区台账、指标与年报\nExec=\"{quoted}\"\nIcon={program / _ICON}\n"
        f"Terminal=false\nCategories=Office;\nStartupWMClass={PROGRAM}\n"
    )  # fmt: skip
