"""The program's window for a moment: without a screen, and on one of its own (Xvfb) where there is one; and its PDFs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Protocol

from bundle.contents import NAME
from bundle.outside import Outside
from models.places import ROOT

PICTURE = ROOT / "dist" / "窗口.png"
_HARMLESS = "propagateSizeHints"  # said by the offscreen platform whenever a window is shown
_MOMENT = 4.0


class Notes(Protocol):
    """Where a trial says what it has seen."""

    start: dict[str, tuple[float, float]]

    def say(self, sentence: str) -> None:
        """One trial that went well."""


def window(outside: Outside, found: Notes) -> None:
    """Open the window on the demonstration's file; it stays open and complains of nothing."""
    platform = "windows" if sys.platform == "win32" else "offscreen"
    with _opened(outside, QT_QPA_PLATFORM=platform) as process:
        time.sleep(_MOMENT)
        _alive(process)
    found.say(f"窗口打得开（{platform}）")
    if all(map(shutil.which, ("Xvfb", "xdotool"))):
        with _screen() as display:
            found.start = _starts(outside, display)
            _picture(outside, display)
        found.say(f"在真的屏幕（Xvfb）上打开，画面在 {PICTURE.relative_to(ROOT)}")


@contextmanager
def _opened(outside: Outside, *, source: bool = False, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    program = outside.folder / (f"{NAME}.exe" if sys.platform == "win32" else NAME)
    words = [sys.executable, str(ROOT / "main.py")] if source else outside.command(program)
    log = outside.home / "窗口.txt"
    with log.open("wb") as stream:
        process = subprocess.Popen(
            words, stdout=stream, stderr=stream, env=outside.environment(**environment), cwd=outside.home
        )
        try:
            yield process
        finally:
            process.terminate()
            process.wait(timeout=30)
    said = [line for line in log.read_text("utf-8", "replace").splitlines() if line and _HARMLESS not in line]
    if said:
        raise AssertionError(f"窗口：{said}")


def _alive(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:
        raise AssertionError(f"窗口没有开着：结束码 {process.returncode}")


@contextmanager
def _screen() -> Iterator[str]:
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1440x900x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read, encoding="ascii") as told:
            yield f":{told.readline().strip()}"
    finally:
        server.terminate()
        server.wait(timeout=10)


def _starts(outside: Outside, display: str) -> dict[str, tuple[float, float]]:
    """What was started → seconds until its window can be seen, and seconds of the processor; of the program and its source."""
    _forget(outside.folder)
    cold = _until_shown(outside, display)
    rounds = [(_until_shown(outside, display), _until_shown(outside, display, source=True)) for _ in range(5)]
    warm, source = ((median(s[0] for s in each), median(s[1] for s in each)) for each in zip(*rounds, strict=True))
    return {"cold (its files not in the disk's cache)": cold, "warm": warm, "from the source, warm": source}


def _until_shown(outside: Outside, display: str, *, source: bool = False) -> tuple[float, float]:
    started = time.monotonic()
    with _opened(outside, source=source, DISPLAY=display) as process:
        _shown(process, display)
        return time.monotonic() - started, _processor(process.pid)


def _shown(process: subprocess.Popen[bytes], display: str) -> None:
    """Wait until the window can be seen."""
    started = time.monotonic()
    while not _seen(display):
        _alive(process)
        if time.monotonic() - started > 60:
            raise AssertionError("一分钟了还没有窗口")


def _processor(pid: int) -> float:
    """The seconds of the processor that the process has taken, of proc(5)."""
    told = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def _seen(display: str) -> bool:
    search = ["xdotool", "search", "--onlyvisible", "--name", NAME]
    return (
        subprocess.run(search, capture_output=True, check=False, env=os.environ | {"DISPLAY": display}).returncode == 0
    )


def _forget(folder: Path) -> None:
    os.sync()
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _picture(outside: Outside, display: str) -> None:
    if not all(map(shutil.which, ("import", "identify"))):
        return
    with _opened(outside, DISPLAY=display) as process:
        _shown(process, display)
        time.sleep(_MOMENT)
        _alive(process)
        subprocess.run(["import", "-display", display, "-window", "root", str(PICTURE)], check=True)
    colours = int(_said("identify", "-format", "%k", str(PICTURE)))
    if colours < 20:
        raise AssertionError(f"窗口是空的：画面只有 {colours} 种颜色")


def searchable(pdf: Path, words: str) -> None:
    """Every font of the PDF is embedded, and ``words`` are found in it."""
    if pdf.read_bytes()[:5] != b"%PDF-":
        raise AssertionError(f"“{pdf.name}”不是 PDF")
    if not shutil.which("pdffonts"):
        return
    lines = _said("pdffonts", str(pdf)).splitlines()[2:]
    loose = [line for line in lines if line.split()[-5] != "yes"]
    if not lines or loose:
        raise AssertionError(f"“{pdf.name}”的字体没有嵌入：{loose or '一种也没有'}")
    text = "".join(_said("pdftotext", str(pdf), "-").split())
    if words not in text:
        raise AssertionError(f"“{pdf.name}”里找不到“{words}”")


def _said(*command: str) -> str:
    return subprocess.run(command, capture_output=True, check=True, text=True, encoding="utf-8").stdout
