"""LibreOffice as another program that opens our files, with a profile and fonts of its own."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.exporters import forms

SOFFICE = shutil.which("soffice")


def convert(home: Path, files: Mapping[str, bytes], kind: str) -> dict[str, Path]:
    """Workbooks by name, opened and saved again as another kind (xlsx, pdf)."""
    fonts = Path(importlib.util.find_spec("zhplot").origin).parent
    text = f"<dir>{fonts}</dir><cachedir>{home}/fonts</cachedir><include ignore_missing='yes'>/etc/fonts/fonts.conf</include>"
    (home / "fonts.conf").write_text(f"<?xml version='1.0'?><fontconfig>{text}</fontconfig>", encoding="utf-8")
    for name, content in files.items():
        (home / f"{name}.xlsx").write_bytes(content)
    command = [SOFFICE, f"-env:UserInstallation={(home / 'profile').as_uri()}", "--headless", "--convert-to", kind]
    command += ["--outdir", str(home / "out"), *(str(home / f"{name}.xlsx") for name in files)]
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(home), "FONTCONFIG_FILE": str(home / "fonts.conf")}
    subprocess.run(command, check=True, capture_output=True, timeout=110, env=environment)
    return {name: home / "out" / f"{name}.{kind.partition(':')[0]}" for name in files}


def without_cached_values(content: bytes) -> bytes:
    """Take the formulas' results out, so that LibreOffice has to work them out itself."""
    entries = forms.parts(content)
    return forms.pack({name: re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", data) for name, data in entries.items()})
