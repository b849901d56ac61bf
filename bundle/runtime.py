"""Runs first in the bundled program: what it starts (a browser, a PDF viewer) gets the machine's own libraries, not ours."""

import os

for _name in ("LD_LIBRARY_PATH",):  # the loader has read it already; from here on only children would
    _before = os.environ.pop(f"{_name}_ORIG", None)
    os.environ.pop(_name, None)
    if _before:
        os.environ[_name] = _before
