"""Long work as a generator of progress: the window pumps it and may stop between steps, the command line runs it through."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Progress:
    """``done`` of ``total`` steps; ``text`` says what comes next."""

    done: int
    total: int
    text: str


Steps = Generator[Progress, None, T]


def finish(steps: Generator[object, None, T]) -> T:
    """Run long work through; what it comes to."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]
