"""Loading modules as Python does, without PySide6's look at each.

PySide6 reads, and keeps, the source of every module that is loaded after it, for switches of its own (``__feature__``) that
nothing here uses: of matplotlib alone that is 20 MB and a tenth of its time.
"""

from __future__ import annotations

import builtins


def load_plainly() -> None:
    """From now on no module's source is read for PySide6's switches."""
    plain = getattr(builtins, "__orig_import__", None)  # what PySide6 put its own in front of
    if plain is not None:
        builtins.__import__ = plain
