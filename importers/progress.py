"""Long work as a generator of progress: see :mod:`models.progress`."""

from models.progress import Progress as Progress
from models.progress import Steps as Steps
from models.progress import finish as finish
