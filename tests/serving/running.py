"""A running Tecum: the real bin/serve with every process that it starts, and the means to look at them."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.servers import free_port, wait_until

PROJECT = Path(__file__).resolve().parent.parent.parent
SERVE = str(PROJECT / "bin" / "serve")


def clean_environment(**more: str) -> dict[str, str]:
    """Return this environment without any setting of Tecum's, so that a developer's own settings reach no test."""
    ours = ("TECUM_", "DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)} | more


def command(*arguments: str) -> list[str]:
    """Return bin/serve, or what it would hand over to when these tests run outside an environment that it made."""
    if (Path(sys.prefix) / ".installed-requirements.txt").exists():
        return [SERVE, *arguments]
    return [sys.executable, "-P", "-m", "lawsuit.supervisor", *arguments]


def serve(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run bin/serve to its end, for the cases where it must refuse."""
    environment = clean_environment(TECUM_VENV=sys.prefix, PYTHONPATH=str(PROJECT), **more)
    return subprocess.run(command(*arguments), env=environment, capture_output=True, text=True, timeout=120)


def process_table() -> dict[int, tuple[int, str]]:
    """Return every living process: number -> (parent, command line). Zombies are dead."""
    listing = subprocess.run(["ps", "-axwwo", "pid=,ppid=,stat=,args="], capture_output=True, text=True, check=True)
    table = {}
    for line in listing.stdout.splitlines():
        number, parent, state, *words = line.split(None, 3)
        if not state.startswith("Z"):
            table[int(number)] = (int(parent), " ".join(words))
    return table


@dataclass
class Running:
    """One run of bin/serve in a data folder."""

    data: Path
    port: int = field(default_factory=free_port)
    more: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0

    def start(self, *arguments: str) -> Running:
        """Start it and wait until it says that it is ready; `seconds` is how long that took."""
        environment = clean_environment(
            TECUM_VENV=sys.prefix, PYTHONPATH=str(PROJECT), TECUM_WORKERS="1", **{"TECUM_LOG_LEVEL": "INFO"} | self.more
        )
        self.data.parent.mkdir(parents=True, exist_ok=True)
        self.output = self.data.parent / f"output-{time.monotonic_ns()}"
        started = time.monotonic()
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                command("--port", str(self.port), "--data", str(self.data), *arguments),
                env=environment,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        try:
            wait_until(lambda: "is ready" in self.said() or self.process.poll() is not None, "Tecum's start", 90)
        except TimeoutError:
            self.stop()
            raise
        assert self.process.returncode is None, self.said()
        self.seconds = time.monotonic() - started
        return self

    def said(self) -> str:
        """Return what it has printed so far."""
        return self.output.read_text()

    def family(self) -> dict[int, str]:
        """Return every living process of this run, the supervisor included: number -> command line."""
        table = process_table()
        found = {self.process.pid} & table.keys()
        while more := {number for number, (parent, _) in table.items() if parent in found} - found:
            found |= more
        return {number: table[number][1] for number in found}

    def pid_of(self, words: str) -> int:
        """Return the eldest process of this run whose command line holds these words."""
        return min(number for number, line in self.family().items() if words in line)

    def get(self, path: str) -> tuple[int, bytes]:
        """Return status and body of a page."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()

    def stop(self, number: signal.Signals = signal.SIGINT) -> int:
        """Send a signal to the supervisor alone, wait for its end, and return its status."""
        self.process.send_signal(number)
        return self.process.wait(40)


def gone(family: dict[int, str]) -> bool:
    """Say whether none of these processes lives any more (a number that was given to another command is gone too)."""
    table = process_table()
    return not any(number in table and table[number][1] == line for number, line in family.items())
