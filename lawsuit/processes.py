"""Child processes: each in a group of its own, logged to rotating files, restarted with back-off, ended for certain."""

from __future__ import annotations

import contextlib
import logging.handlers
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

LOG_BYTES, LOG_FILES = 5_000_000, 3
LONGEST_PAUSE = 30.0
"""Seconds between two starts of a child that keeps dying; it doubles from 1."""
SETTLED_AFTER = 60.0
"""Seconds after which a child counts as settled and its next failure starts the back-off anew."""
HINT_EVERY = 30.0
TROUBLE = re.compile(r"\b(ERROR|CRITICAL)\b|^\S*(Error|Exception)\b")


class Guard:
    """The process that ends the children when this one is killed (see lawsuit/guard.py)."""

    def __init__(self, keep_open: Sequence[int] = ()) -> None:
        """Start it; `keep_open` are descriptors that it holds until the last child is gone (the data folder's lock)."""
        self._process = subprocess.Popen(  # noqa: S603 - our own commands
            [sys.executable, "-I", "-S", str(Path(__file__).with_name("guard.py"))],
            stdin=subprocess.PIPE,
            start_new_session=True,
            pass_fds=tuple(keep_open),
            text=True,
        )

    def tell(self, word: str, group: int) -> None:
        """Say `add` or `drop` of a process group."""
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.write(f"{word} {group}\n")
            self._process.stdin.flush()

    def close(self) -> None:
        """Close the pipe and wait; it has nothing left to end."""
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.close()
        self._process.wait()


class Child:
    """One child: its command, its log, and the state that its restarts need; used by the main thread, its log aside."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        *,
        folder: Path,
        logs: Path,
        environment: Mapping[str, str],
        guard: Guard,
        say: Callable[[str], None],
        pass_fds: Sequence[int] = (),
        ready_when: str = "",
    ) -> None:
        """Describe the child; `start` runs it. `ready_when` is a pattern of the log line that says that it is ready."""
        self.name, self.command, self.log = name, list(command), logs / f"{name}.log"
        self.ready = threading.Event()
        self.failures = 0
        self.last_line = ""
        self._folder, self._environment, self._guard, self._say = folder, dict(environment), guard, say
        self._pass_fds, self._ready_when = tuple(pass_fds), re.compile(ready_when) if ready_when else None
        self._process: subprocess.Popen[str] | None = None
        self._pump: threading.Thread | None = None
        self._started = self._start_again = self._hinted = 0.0
        handler = logging.handlers.RotatingFileHandler(self.log, "a", LOG_BYTES, LOG_FILES, "utf-8", delay=True)
        handler.setFormatter(logging.Formatter("%(message)s"))
        self._handler = handler

    def start(self) -> None:
        """Run the command in a session of its own, so that the terminal's Ctrl-C reaches the supervisor alone."""
        self._started = time.monotonic()
        self._process = subprocess.Popen(  # noqa: S603 - our own commands
            self.command,
            cwd=self._folder,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            pass_fds=self._pass_fds,
            text=True,
            errors="replace",
        )
        self._guard.tell("add", self._process.pid)
        self._pump = threading.Thread(target=self._copy, args=(self._process,), name=f"{self.name}-log", daemon=True)
        self._pump.start()

    def _copy(self, process: subprocess.Popen[str]) -> None:
        """Copy the child's lines to its log until it closes its output; runs in a thread."""
        assert process.stdout is not None
        for line in process.stdout:
            text = line.rstrip("\n")
            if text.strip():
                self.last_line = text.strip()
            self._handler.emit(logging.LogRecord(self.name, logging.INFO, "", 0, text, None, None))
            if self._ready_when and self._ready_when.search(text):
                self.ready.set()
            if TROUBLE.search(text) and time.monotonic() - self._hinted > HINT_EVERY:
                self._hinted = time.monotonic()
                self._say(f"{self.name} reports: {text.strip()[:200]} (more in {self.log})")

    def ended(self) -> int | None:
        """Return the exit status when the child has ended (negative: the signal), None while it runs or never ran."""
        return self._process.poll() if self._process else None

    def wait(self) -> int:
        """Wait until a child that ends by itself has ended, and return its status."""
        assert self._process is not None
        status = self._process.wait()
        self._sweep_up()
        return status

    def care(self) -> None:
        """Start a child that died again, after a pause that doubles with every failure in a row."""
        status = self.ended()
        if status is not None:
            self._sweep_up()
            if time.monotonic() - self._started > SETTLED_AFTER:
                self.failures = 0
            pause = min(2.0**self.failures, LONGEST_PAUSE)
            self.failures += 1
            self._start_again = time.monotonic() + pause
            how = f"was ended by {signal.Signals(-status).name}" if status < 0 else f"ended with status {status}"
            self._say(f"{self.name} {how}; starting it again in {pause:g} s (its log: {self.log})")
        elif self._process is None and self._start_again and time.monotonic() >= self._start_again:
            self.ready.clear()
            self.start()

    def ask_to_end(self) -> None:
        """Send SIGTERM to the child itself, which ends its own children in good order."""
        if self._process and self._process.poll() is None:
            self._process.terminate()

    def running(self) -> bool:
        """Say whether the child runs now."""
        return self._process is not None and self._process.poll() is None

    def end(self) -> None:
        """Kill what is left of the child and its group, whatever they are doing."""
        if self._process is not None:
            self._sweep_up()

    def _sweep_up(self) -> None:
        """Kill what is left of the group (a worker's pool outlives its killed master), and forget the process."""
        assert self._process is not None
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._guard.tell("drop", self._process.pid)
        if self._pump:
            self._pump.join(timeout=2)
        self._process = None

    def close(self) -> None:
        """Close the log file."""
        self._handler.close()
