"""How a benchmark says what it measured."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One line of the result: what was measured, the ratio or figure, and what it should be."""

    what: str
    measured: str
    target: str
    is_met: bool

    def show(self) -> None:
        """Print it."""
        print(f"{'✓' if self.is_met else '✗'} {self.what}: {self.measured} (target {self.target})", flush=True)


def seconds(action: Callable[[], object]) -> float:
    """How long an action takes."""
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def show_all(measured: Iterable[Line]) -> None:
    """Print lines as they come, and how many targets are met."""
    lines = []
    for line in measured:
        line.show()
        lines.append(line)
    print(f"{sum(line.is_met for line in lines)} of {len(lines)} targets met")
