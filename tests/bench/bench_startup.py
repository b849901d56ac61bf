"""Start-up: rows painted and the window at rest, a file of 100,000 rows of 经济数据 on show, against DB Browser for SQLite.

Both open the same file on a virtual screen in turn, after one start each that is not counted. In that one our modules are compiled and
kept (in a folder of the benchmark's own), as they are for every start but the first, and in the bundle always. At rest: the last moment
at which the screen changed or the program used the processor, before a second in which it did neither. Then a figure is typed, which must
be in the file. What the program does some seconds after it is at rest (the day's backup) is not part of it.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date
from functools import partial
from hashlib import md5
from pathlib import Path

from tests.bench import CannotMeasure
from tests.bench.zone import make
from ui.app import default_period
from ui.settings import Settings

ROOT = Path(__file__).parents[2]
ROWS, RUNS, GOAL, MEMORY = 100_000, 5, 1.2, 150
PEER, OURS = "DB Browser for SQLite", "园区年报通"  # titles of the windows
SCREEN = "1600x900x24"
REST, LIMIT = 1.0, 60.0
NEEDED = ("Xvfb", "xdotool", "xwd", "sqlitebrowser")
QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def measure() -> list[dict[str, object]]:
    """Seconds until the window is at rest, and megabytes then; the figure typed afterwards is looked for in the file."""
    missing = [name for name in NEEDED if not shutil.which(name)]
    if missing or sys.platform == "win32":
        raise CannotMeasure(f"打开 {ROWS:,} 行的文件：没有测，这里没有 {'、'.join(missing or NEEDED)}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "园区.db"
        make(path, ROWS, [default_period(date.today())], fields=30)
        env = _env(Path(folder), path)
        peer = ["sqlitebrowser", "-t", "ent_period", str(path)]
        ours = [sys.executable, str(ROOT / "main.py")]
        runs: dict[str, list[tuple[float, float, float]]] = {"peer": [], "ours": []}
        for command, title in ((peer, PEER), (ours, OURS)):
            _start(command, title, env)
        for turn in range(RUNS):
            runs["peer"].append(_start(peer, PEER, env))
            figure = str(4711 + turn)
            runs["ours"].append(_start(ours, OURS, env, partial(_typed, path, figure)))
    (stable, _, _), (least, _, _) = (_medians(runs[name]) for name in ("ours", "peer"))
    _, memory, key = _medians(runs["ours"])
    print(f"  first figure typed: in the file after {key:.2f} s", file=sys.stderr)
    what = f"打开 {ROWS:,} 行的文件到行已画出、窗口静止"
    return [
        {"name": f"{what} / sqlitebrowser 打开同一文件", "measured": stable, "floor": least, "ratio": stable / least, "goal": GOAL},
        {"name": f"{what}时的内存(MB) / {MEMORY} MB", "measured": memory, "floor": MEMORY, "ratio": memory / MEMORY, "goal": 1},
    ]  # fmt: skip


def _medians(runs: list[tuple[float, float, float]]) -> tuple[float, float, float]:
    first, second, third = (statistics.median(column) for column in zip(*runs, strict=True))
    return first, second, third


def _env(folder: Path, path: Path) -> dict[str, str]:
    """A person's folders of their own, in which the program was last used with this file and page."""
    env = {name: value for name, value in os.environ.items() if name != "WAYLAND_DISPLAY"}
    homes = {name: str(folder / name.lower()) for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")}
    settings = Settings(Path(homes["XDG_CONFIG_HOME"]) / "园区年报通" / "界面.ini")
    settings.put("file", str(path))
    settings.put("window/page", "ent_period")
    del settings
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # how one works on the source, not how a clerk's program starts
    return env | homes | {"QT_QPA_PLATFORM": "xcb", "PYTHONPYCACHEPREFIX": str(folder / "compiled")}


def _start(
    command: list[str], title: str, env: dict[str, str], then: Callable[[dict[str, str]], float] = lambda _: 0.0
) -> tuple[float, float, float]:
    """Start a program on a screen of its own: seconds until it is at rest, its megabytes then, and what ``then`` gives."""
    server, display = _screen()
    env = {**env, "DISPLAY": display}
    begin = time.perf_counter()
    program = subprocess.Popen(command, env=env, start_new_session=True, **QUIET)  # type: ignore[call-overload]
    try:
        stable = _at_rest(program.pid, title, env, begin)
        return stable, _total(program.pid, _memory), then(env)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(program.pid, signal.SIGKILL)
        program.wait()
        server.terminate()
        server.wait()


def _screen() -> tuple[subprocess.Popen[bytes], str]:
    """A virtual screen under a free number, and its name once it takes windows."""
    reader, writer = os.pipe()
    command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", SCREEN, "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writer], **QUIET)  # type: ignore[call-overload]
    os.close(writer)
    with os.fdopen(reader) as number:
        return server, f":{number.readline().strip()}"


def _at_rest(pid: int, title: str, env: dict[str, str], begin: float) -> float:
    search = ["xdotool", "search", "--onlyvisible", "--name", title]
    while not subprocess.run(search, env=env, capture_output=True, check=False).stdout:
        if time.perf_counter() - begin > LIMIT:
            raise CannotMeasure(f"打开 {ROWS:,} 行的文件：没有测，{LIMIT:.0f} 秒里没有出现窗口“{title}”")
        time.sleep(0.02)
    picture, used, stable = b"", 0.0, time.perf_counter()
    while (now := time.perf_counter()) - stable < REST and now - begin < LIMIT:
        time.sleep(0.1)
        shot = subprocess.run(["xwd", "-root", "-silent"], env=env, capture_output=True, check=False).stdout
        seen, spent = md5(shot, usedforsecurity=False).digest(), _total(pid, _processor)
        if seen != picture or spent - used > 0.03:
            picture, used, stable = seen, spent, time.perf_counter()
    return stable - begin


def _typed(path: Path, figure: str, env: dict[str, str]) -> float:
    """Type a figure into the cell the cursor stands on; seconds until it is in the file."""
    window = subprocess.run(
        ["xdotool", "search", "--onlyvisible", "--name", OURS],
        env=env,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()[-1]
    subprocess.run(["xdotool", "windowfocus", "--sync", window], env=env, check=True)
    begin = time.perf_counter()
    subprocess.run(["xdotool", "key", "--delay", "0", *figure, "Return"], env=env, check=True)
    while figure not in _latest(path):
        if time.perf_counter() - begin > LIMIT:
            raise AssertionError(f"{figure} was typed and is not in the file")
        time.sleep(0.01)
    return time.perf_counter() - begin


def _latest(path: Path) -> str:
    """What the latest batch changed."""
    with closing(sqlite3.connect(path)) as connection:
        row = connection.execute("SELECT data FROM change WHERE batch = (SELECT max(no) FROM batch) LIMIT 1").fetchone()
    return str(row[0])


def _total(session: int, part: Callable[[Path], float]) -> float:
    """The sum over the processes of a session."""
    amount = 0.0
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if int(_stat(process)[3]) == session:
                amount += part(process)
    return amount


def _stat(process: Path) -> list[str]:
    """The fields of /proc/…/stat behind the name."""
    return (process / "stat").read_text().rpartition(")")[2].split()


def _processor(process: Path) -> float:
    fields = _stat(process)
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _memory(process: Path) -> float:
    """Megabytes of memory in use."""
    return int((process / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


if __name__ == "__main__":
    print(measure())
