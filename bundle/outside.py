"""Running the program away from the machine it was built on: a home of its own, no network, its folder not to be written."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from bundle.contents import CONSOLE, NAME

_SEALED = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"'
_DROPPED = ("DISPLAY", "WAYLAND_DISPLAY", "LD_LIBRARY_PATH", "VIRTUAL_ENV", "MPLCONFIGDIR", "XDG_RUNTIME_DIR")


class Outside:
    """The program in ``folder``, run by the person whose home is ``home``."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.folder, self.home = folder, home
        home.mkdir(parents=True)
        self._before, self.sentence = sealed(folder)

    @property
    def program(self) -> Path:
        """The file to start for a command."""
        return self.folder / (f"{CONSOLE}.exe" if sys.platform == "win32" else NAME)

    def environment(self, **more: str) -> dict[str, str]:
        """The person's environment, with nothing of the builder's."""
        kept = {
            name: text
            for name, text in os.environ.items()
            if not name.startswith(("PYTHON", "XDG_", "QT_")) and name not in _DROPPED
        }
        home, temporary = str(self.home), self.home / "临时"
        temporary.mkdir(exist_ok=True)
        kept |= {"HOME": home, "USER": self.home.name, "USERNAME": self.home.name, "LANG": "C.UTF-8"}
        kept |= dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(temporary))
        if sys.platform == "win32":
            folders = {"APPDATA": f"{home}\\AppData\\Roaming", "LOCALAPPDATA": f"{home}\\AppData\\Local"}
            kept |= {"USERPROFILE": home, **folders}
            kept |= {f"WIN_PD_OVERRIDE_{name}": kept[name.replace("_", "")] for name in ("APPDATA", "LOCAL_APPDATA")}
        return kept | dict.fromkeys(("http_proxy", "https_proxy"), "http://127.0.0.1:9") | more

    def command(self, program: Path, *arguments: str) -> list[str]:
        """The words that start the program there."""
        return [*self._before, str(program), *arguments]

    def run(self, *step: str, code: int | None = 0, data: Path | None = None, program: Path | None = None) -> str:
        """One command; what it says. ``code`` is how it must end (None: no matter)."""
        step = (*(("--data", str(data)) if data else ()), *step)
        done = subprocess.run(
            self.command(program or self.program, *step),
            capture_output=True,
            check=False,
            env=self.environment(),
            cwd=self.home,
            timeout=300,
        )
        said = (done.stdout + done.stderr).decode("utf-8", "replace")
        if code is not None and done.returncode != code:
            raise AssertionError(f"{' '.join(step)}：结束码 {done.returncode}，应为 {code}\n{said[-2000:]}")
        if "Traceback" in said or "程序出错" in said:
            raise AssertionError(f"{' '.join(step)}：{said[-2000:]}")
        return said


def sealed(folder: Path) -> tuple[list[str], str]:
    """The words before a command that take its network away and make ``folder`` read-only; and a sentence of what they do."""
    if sys.platform.startswith("linux") and shutil.which("unshare"):
        for share in (["unshare", "-n", "-m"], ["unshare", "-r", "-n", "-m"]):
            before = [*share, "sh", "-c", _SEALED, str(folder)]
            if subprocess.run([*before, "true"], capture_output=True, check=False).returncode == 0:
                return before, f"在“{folder.parent.name}/{folder.name}”里运行：没有网络（unshare -n），程序文件夹只读"
    return [], f"在“{folder.parent.name}/{folder.name}”里运行：代理指向不通的地址（这台电脑上不能用 unshare）"
