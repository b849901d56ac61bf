"""Pictures of the window over made-up zones: ``python -m tests.ui.shots OUTDIR [--dark] [--scale 1.5] [--size 1440x900]``.

``python -m tests.ui.pictures`` takes all those of docs/ with it.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

from PIL import Image


def save(grabbed, path: Path) -> None:
    """In 256 colours: a third of the size, and nobody sees it."""
    grabbed.save(str(path))
    Image.open(path).convert("RGB").quantize(256, Image.Quantize.MAXCOVERAGE).save(path, optimize=True)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--scale", default="1")
    parser.add_argument("--font", type=float, default=1.0)
    parser.add_argument("--size", default="1440x900")
    parser.add_argument("--only", default="")
    parser.add_argument("--names", default="", help="these only, with commas between")
    asked = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["QT_SCALE_FACTOR"] = asked.scale
    # Qt reads the environment when it is loaded
    from models.demo import fill as fill_demo
    from models.store.backup import automatic
    from models.store.file import DataFile
    from models.store.rotation import DAILY
    from models.store.zones import create_zone
    from tests.ui.sample import NOW, ZONE, fill
    from tests.ui.shot_pages import FirstDays, Ledgers, Patience, Scenes
    from ui import fonts
    from ui.app import make_app, make_window
    from ui.theme import Look

    app = make_app()
    look = Look(fonts.load(), dark=asked.dark, scale=asked.font)
    look.apply()
    asked.folder.mkdir(parents=True, exist_ok=True)

    def photograph(file, scenes_of):
        window = make_window(file, look, period=NOW)
        window.resize(*map(int, asked.size.split("x")))
        window.show()
        for name, scene in scenes_of(window).items():
            if asked.only in name and (not asked.names or name in asked.names.split(",")):
                scene()
                app.processEvents()
                app.processEvents()
                save(window.grab(), asked.folder / f"{name}{'-dark' if asked.dark else ''}.png")
        window.close()

    if asked.only in "start" and (not asked.names or "start" in asked.names.split(",")):
        _first(app, look, asked.folder / f"start{'-dark' if asked.dark else ''}.png")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with DataFile(folder / "新.db", who="录入员") as file:
            create_zone(file, ZONE, "赣州经济技术开发区", short_name="赣州经开区")
            photograph(file, lambda window: FirstDays(Patience(app), window).all())
        with fill(folder / "园区.db") as file:
            automatic(file.path, DAILY)
            photograph(file, lambda window: Ledgers(Patience(app), window).all())
        with DataFile(folder / "赣州.db", who="录入员") as file:
            fill_demo(file)
            automatic(file.path, DAILY)
            photograph(file, lambda window: Scenes(Patience(app), window, folder).all())


def _first(app, look, path):
    """The window before there is a file."""
    from ui.pages.start import StartPage

    start = StartPage(look, Path("D:/园区年报/园区年报.db"))
    start.show()
    start.name.setText("gzjkq")
    start.offered.open("gzjkq")
    app.processEvents()
    save(start.grab(), path)
    start.close()


if __name__ == "__main__":
    main()
