"""How far a batch is, on stderr: one bar that is drawn again on a terminal, plain lines elsewhere."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TextIO

_WIDTH = 24


def duration(seconds: float) -> str:
    """Return seconds as 0:07, 12:30 or 1:02:03.

    >>> duration(7), duration(3723)
    ('0:07', '1:02:03')
    """
    whole = round(seconds)
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{left:02d}" if hours else f"{minutes}:{left:02d}"


class Progress:
    """Counts of one step; draws at most four times a second on a terminal, a line every ten seconds elsewhere."""

    def __init__(self, stream: TextIO, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream, self._clock = stream, clock
        self._terminal = stream.isatty()
        self._drawn = ""
        self.begin("", 0)

    def begin(self, step: str, total: int, done: int = 0) -> None:
        """Start a step of ``total`` documents, of which ``done`` were done by an earlier run."""
        self._step, self._total, self._done, self._failed, self._before = step, total, done, 0, done
        self._start = self._last = self._clock()
        if step:
            self._say(f"{step} {total} 份" + (f"，此前已完成 {done} 份" if done else "")) if total else None

    def advance(self, done: int, failed: int = 0) -> None:
        """Count documents that are done, ``failed`` of them with an error."""
        self._done += done
        self._failed += failed
        now = self._clock()
        if now - self._last >= (0.25 if self._terminal else 10):
            self._last = now
            self._draw(now)

    def note(self, words: str) -> None:
        """Print a line that stays."""
        self._say(words)

    def end(self) -> None:
        """Finish the step: the bar is drawn a last time and stays."""
        if self._terminal and self._total:
            self._draw(self._clock())
            self._stream.write("\n")
            self._drawn = ""
            self._stream.flush()

    def line(self, now: float) -> str:
        """Return the state in one line: step, share, rate, time left, failures."""
        elapsed = max(now - self._start, 1e-9)
        rate = (self._done - self._before) / elapsed
        share = self._done / self._total if self._total else 1.0
        left = (
            f"，剩余 {duration((self._total - self._done) / rate)}"
            if rate > 0 and self._done < self._total
            else ""
        )
        failed = f"，失败 {self._failed}" if self._failed else ""
        return f"{self._step} {self._done}/{self._total} {share:.0%}，{rate:.1f} 份/秒{left}{failed}"

    def _draw(self, now: float) -> None:
        if not self._terminal:
            self._say(self.line(now))
            return
        filled = round(_WIDTH * self._done / self._total) if self._total else _WIDTH
        text = f"[{'#' * filled}{'.' * (_WIDTH - filled)}] {self.line(now)}"
        self._stream.write("\r" + text + "\x1b[K")
        self._stream.flush()
        self._drawn = text

    def _say(self, words: str) -> None:
        self._stream.write(("\r\x1b[K" if self._drawn else "") + words + "\n")
        self._stream.flush()
        self._drawn = ""
