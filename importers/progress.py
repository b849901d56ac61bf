"""Long work as a generator of progress: see :mod:`models.progress`."""

from models.progress import Progress, Steps, finish

__all__ = ["Progress", "Steps", "finish"]
