"""Where a person's data file and settings lie on each system."""

from __future__ import annotations

import sys
from pathlib import Path

from platformdirs import user_config_path, user_data_path

from models.places import program_folder

PROGRAM = "园区年报通"


def called() -> str:
    """What a person writes to start a command: the bundled program's own name, else main.py."""
    return Path(sys.executable).name if program_folder() else "main.py"


def default_file() -> Path:
    """The data file opened when none is named."""
    return user_data_path(PROGRAM, appauthor=False) / "园区年报.db"


def settings_file() -> Path:
    """What the window remembers: look, scale, size, the file opened last."""
    return user_config_path(PROGRAM, appauthor=False) / "界面.ini"
