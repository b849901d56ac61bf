"""Pictures of the window over the made-up zone: ``python -m tests.ui.shots OUTDIR [--dark] [--scale 1.5] [--size 1440x900]``."""

from __future__ import annotations

import argparse
import os
import tempfile
from functools import partial
from pathlib import Path


def ledger(window):
    window.open("ent_period", {})
    grid = window.current.grid
    column = next(n for n, s in enumerate(window.current.model.columns) if s.field.id == "rev" and not s.column.prior)
    grid.go(7, column)
    grid.go(0, column, extend=True)


def roster(window):
    window.open("enterprise", {})
    window.current.grid.go(2, 0)


def zone(window):
    window.open("zone", {})


SCENES = {"ledger": ledger, "roster": roster, "zone": zone}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--scale", default="1")
    parser.add_argument("--font", type=float, default=1.0)
    parser.add_argument("--size", default="1440x900")
    parser.add_argument("--only", default="")
    asked = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["QT_SCALE_FACTOR"] = asked.scale
    # Qt reads the environment when it is loaded
    from models.demo import fill as fill_demo
    from models.store.file import DataFile
    from tests.ui.sample import NOW, fill
    from tests.ui.shot_pages import Patience, Scenes
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
            if asked.only in name:
                scene()
                app.processEvents()
                app.processEvents()
                window.grab().save(str(asked.folder / f"{name}{'-dark' if asked.dark else ''}.png"))
        window.close()

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with fill(folder / "园区.db") as file:
            photograph(file, lambda window: {name: partial(scene, window) for name, scene in SCENES.items()})
        with DataFile(folder / "演示.db", who="录入员") as file:
            fill_demo(file)
            photograph(file, lambda window: Scenes(Patience(app), window, folder).all())


if __name__ == "__main__":
    main()
