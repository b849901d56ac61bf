"""What the window needs that is not Qt's, loaded ahead of Qt.

PySide6 reads, and keeps, the source of every module that is imported after it: a tenth of the memory and of the time to start.
"""

from __future__ import annotations

import models.formula.derived  # noqa: F401
import models.packs.pack  # noqa: F401
import models.store.history  # noqa: F401
import ui.names  # noqa: F401
