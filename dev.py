#!/usr/bin/env python3
"""For people working on the source: `python3 dev.py run | test | check | bench | bundle`, with nothing installed beforehand.

    run [COMMAND …]    open the window, or run one of main.py's commands; without a display, the demonstration year in 演示/
    test [PYTEST …]    run the tests, without a window
    check              lint, layout and types
    bench [BENCH …]    measure against the goals
    bundle [--built]   build the program's folder in dist/ and try it (minutes); docs/bundle.md

Makes .venv from requirements/lock.txt when the lock or Python has changed. Standard library only, and no syntax newer
than Python 3.8, so that any system Python can read it and look for the 3.11 that the program needs.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
LOCK = ROOT / "requirements" / "lock.txt"
VENV = ROOT / ".venv"
STAMP = VENV / "made-from"  # what the finished .venv was made from
PYTHON = VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
DEMO = ROOT / "演示"
WANTED = (3, 11)

# Shared libraries that Qt loads and a bare Debian lacks → the package that has them.
OFFSCREEN = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
}
WINDOW = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}

# Programs with which the time to start is measured → the package that has them.
SCREEN = {"Xvfb": "xvfb", "xdotool": "xdotool", "xwd": "x11-apps", "sqlitebrowser": "sqlitebrowser"}


TOOLS = {"objdump": "binutils"}  # programs that PyInstaller starts


class SetupError(Exception):
    """Set-up cannot go on; the message says what to do."""


def main(args: list[str]) -> int:
    """Set up what is missing, then carry out one of COMMANDS; returns its exit code, 2 for wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal without Chinese characters must not end in a traceback
            stream.reconfigure(errors="backslashreplace")
    if not args or args[0] not in COMMANDS:
        print(__doc__)
        return 2
    try:
        if sys.version_info[:2] != WANTED:
            return subprocess.call([*right_python(), __file__, *args])
        name, *rest = args
        install_system_packages(missing_packages(name))
        make_venv()
        return COMMANDS[name](rest)
    except SetupError as error:
        say(str(error))
        return 2
    except OSError as error:
        say(f"读写不了，请看这里的权限和磁盘（cannot read or write, see permissions and disk）：{error}")
        return 2
    except KeyboardInterrupt:
        return 130


def say(text: str) -> None:
    """Print at once, so that the line stands before what a started program prints."""
    print(text, flush=True)


def call(*command: str | Path, **env: str) -> int:
    """Run a command in the repository's folder, env added to the environment; returns its exit code."""
    return subprocess.call([str(part) for part in command], cwd=str(ROOT), env={**os.environ, **env})


def right_python() -> list[str]:
    """Return the command of a Python 3.11 on this machine."""
    test = "import sys; sys.exit(sys.version_info[:2] != (3, 11))"
    for command in (["python3.11"], ["py", "-3.11"]):
        if shutil.which(command[0]) and subprocess.call([*command, "-c", test], stderr=subprocess.DEVNULL) == 0:
            return command
    found = ".".join(map(str, sys.version_info[:2]))
    raise SetupError(
        f"需要 Python 3.11，这里是 {found}，也没有找到 python3.11。请安装 Python 3.11 后再运行。\n"
        f"Python 3.11 is needed; this is {found} and no python3.11 was found. Install Python 3.11 and run this again."
    )


def missing_packages(command: str) -> list[str]:
    """Return the Debian packages that the command needs and this Linux lacks; other systems lack none."""
    if not sys.platform.startswith("linux"):
        return []
    packages = [] if up_to_date() or importlib.util.find_spec("ensurepip") else ["python3-venv"]
    if command == "bundle":  # what the window needs goes along, so it has to be here
        packages += [package for tool, package in TOOLS.items() if not shutil.which(tool)]
    shown = command == "bundle" or os.environ.get("DISPLAY")
    libraries = {} if command == "check" else {**OFFSCREEN, **(WINDOW if shown else {})}
    return packages + [package for library, package in libraries.items() if not loads(library)]


def loads(library: str) -> bool:
    """Say whether the dynamic linker finds the library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def install_system_packages(packages: list[str]) -> None:
    """Install them as root on an apt system; otherwise raise SetupError with the exact line to type."""
    if not packages:
        return
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    line = " ".join(install)
    if not shutil.which("apt-get"):
        raise SetupError(f"缺少系统软件包，请用本系统的办法安装（Debian 的名称）：{' '.join(packages)}")
    if os.geteuid() != 0:
        raise SetupError(f"缺少系统软件包，请先运行这一行再重来（run this line first）：\nsudo {line}")
    say(f"以管理员身份安装缺少的系统软件包（installing as root）：{line}")
    call("apt-get", "update", "-qq")
    if call(*install, DEBIAN_FRONTEND="noninteractive") != 0:
        raise SetupError(f"系统软件包没有装上，请检查网络后运行（failed, check the network and run）：\n{line}")


def fingerprint() -> str:
    """Return the hash of what .venv is made from: the lock and this Python."""
    return hashlib.sha256(LOCK.read_bytes() + f"{sys.version_info}{sys.base_prefix}".encode()).hexdigest()


def up_to_date() -> bool:
    """Say whether .venv was completely made from today's lock and Python."""
    return STAMP.is_file() and STAMP.read_text(encoding="utf-8") == fingerprint()


def make_venv() -> None:
    """Make .venv anew from the lock unless it is up to date."""
    if up_to_date():
        return
    if VENV.is_symlink():  # --clear would empty what it leads to
        VENV.unlink()
    say("准备 .venv：首次需下载约 200 MB(setting up .venv, about 200 MB to download)……")
    base = getattr(sys, "_base_executable", sys.executable)  # not .venv's own Python, which is cleared here
    if call(base, "-m", "venv", "--clear", VENV) != 0:
        raise SetupError("没有建成 .venv，原因见上（could not make .venv, see above）。")
    pip = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check"]
    if call(*pip, "--require-hashes", "--only-binary=:all:", "--requirement", LOCK) != 0:
        raise SetupError(
            "软件包没有装上，请检查网络后重来（packages were not installed, check the network and retry）。"
        )
    STAMP.write_text(fingerprint(), encoding="utf-8")


def run(args: list[str]) -> int:
    """Open the window or run a command of main.py; without arguments and display, the demonstration year."""
    if args or not sys.platform.startswith("linux") or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        return subprocess.call([str(PYTHON), str(ROOT / "main.py"), *args])  # in the caller's folder: args name files
    return demonstration_year()


EVERY_CORE = ("-n", "auto", "--dist", "worksteal")
YEAR = ("--pack", "台办", "--period", "2025")
CORRECTIONS = (  # what a clerk does about the faults that lie in the made-up zone (docs/demo.md)
    ("set", "--ledger", "企业", "--key", "赣州榕翎尔电子元件有限公司", "--period", "2025", "首次入规年月=2018-03"),
    ("set", "--ledger", "企业年度", "--key", "赣州岚樊智能终端有限公司", "--period", "2025", "是否台资=否"),
    (
        "set",
        "--ledger",
        "企业",
        "--key",
        "赣州岚樊智能终端有限公司",
        "--period",
        "2025",
        "资本构成标记=内资",
        "登记注册统计类别=119",
    ),
    ("set", "--ledger", "经济数据", "--key", "赣州峤澍微电子有限公司", "--period", "2025", "利润总额=870.18"),
    ("set", "--ledger", "经济数据", "--key", "91360703DEMJEENR5Q", "--period", "2025", "营业收入=6521.13"),
    (
        "set",
        "--ledger",
        "台资企业",
        "--key",
        "赣州岚暄稀土材料有限公司",
        "--period",
        "2025",
        "第三地名称=岚暄控股有限公司",
        "第三地注册地=香港",
    ),
    ("set", "--ledger", "到资流水", "--key", "DEMO2021-0014-1", "--period", "2025", "折美元汇率=0.1285", "币种=HKD"),
    (
        "explain",
        *YEAR,
        "--rule",
        "P014",
        "--key",
        "91360703DEM5XWDL2Y",
        "--text",
        "二期产线2025年3月投产，新增产能6亿元",
    ),
)


def demonstration_year() -> int:
    """Make up a zone, audit and correct it, work out its figures, seal and verify its return, write narrative and charts."""
    DEMO.mkdir(exist_ok=True)
    for old in (old for kind in ("演示.db*", "*.xlsx", "*.docx", "*.pdf") for old in DEMO.glob(kind)):
        old.unlink()
    names = ("演示.db", "台办_2025.xlsx", "台办_2025.docx", "台办_2025.pdf")
    data, book, paper, charts = (str((DEMO / name).relative_to(ROOT)) for name in names)
    steps = (
        ("demo",), ("audit", *YEAR), *CORRECTIONS, ("audit", *YEAR), ("indicators", *YEAR),
        ("export", *YEAR, "-o", book, "--issue"), ("verify", book),
        ("report", *YEAR, "-o", paper), ("charts", *YEAR, "-o", charts), ("check",),
    )  # fmt: skip
    say("没有显示器，改做演示年度，结果放在 演示/（no display: the demonstration year goes to 演示/）。")
    for number, step in enumerate(steps):
        say(f"\n$ python3 dev.py run --data {data} {' '.join(step)}")
        code = call(PYTHON, "main.py", "--data", data, *step)
        if code != 0 and number != 1:  # the first audit finds the faults of the made-up zone: 1
            return code
    say(f"\n演示年度完成（done）：{book}、{paper}、{charts}")
    return 0


def test(args: list[str]) -> int:
    """Run pytest on Qt's offscreen platform; all the tests on all the cores."""
    return call(PYTHON, "-m", "pytest", *(args or EVERY_CORE), QT_QPA_PLATFORM="offscreen")


def check(_: list[str]) -> int:
    """Run every check, also after one has failed; 0 when all pass."""
    codes = [call(PYTHON, "-m", *tool) for tool in (["ruff", "check"], ["ruff", "format", "--check"], ["mypy"])]
    return int(any(codes))


def bench(args: list[str]) -> int:
    """Run the benchmarks; the one of the start needs a screen and a program to compare with, and is left out without them."""
    if sys.platform.startswith("linux") and (not args or "startup" in args):
        missing = [package for library, package in WINDOW.items() if not loads(library)]
        missing += [package for program, package in SCREEN.items() if not shutil.which(program)]
        try:
            install_system_packages(missing)
        except SetupError as error:
            say(f"不测打开窗口要多久（start-up is not measured）：{error}")
    return call(PYTHON, "-m", "tests.bench", *args, QT_QPA_PLATFORM="offscreen")


def bundle(args: list[str]) -> int:
    """Build the program's folder and try it."""
    return call(PYTHON, "-m", "bundle", *args)


COMMANDS = {"run": run, "test": test, "check": check, "bench": bench, "bundle": bundle}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
