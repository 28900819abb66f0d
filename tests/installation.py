"""A whole small installation as real processes: database, broker, worker and beat, on either kind of servers."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lawsuit import broker
from tests.servers import postgres_server, redis_server, wait_until

PROJECT = Path(__file__).resolve().parent.parent


@dataclass
class Installation:
    """One data folder with its environment; processes started here end with it."""

    data: Path
    environment: dict[str, str]
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def manage(self, *arguments: str) -> str:
        """Run a management command to its end and return what it printed."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=PROJECT, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    def script(self, module: str, *arguments: str) -> Any:
        """Run a module of the tests inside this installation and return the JSON it prints last."""
        command = [sys.executable, "-m", module, *arguments]
        done = subprocess.run(command, cwd=PROJECT, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[-3000:]
        return json.loads(done.stdout.strip().splitlines()[-1])

    def start(self, *arguments: str, log: str) -> subprocess.Popen[bytes]:
        """Start a Celery program in a process group of its own."""
        with (self.data / log).open("ab") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "celery", "-A", "lawsuit", *arguments],
                cwd=PROJECT,
                env=self.environment,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        self.processes.append(process)
        return process

    def start_worker(self, *, processes: int = 2) -> subprocess.Popen[bytes]:
        """Start a worker and wait until it listens."""
        log = self.data / f"worker-{len(self.processes)}.log"
        options = ["--pool", "prefork", "--concurrency", str(processes), "--without-gossip", "--without-mingle"]
        process = self.start("worker", *options, "--loglevel", "INFO", log=log.name)
        wait_until(lambda: b" ready." in log.read_bytes(), "The worker's start")
        return process

    def start_beat(self) -> subprocess.Popen[bytes]:
        """Start beat, which rings the sweep."""
        return self.start("beat", "--pidfile", "", log="beat.log")

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """Kill a program and all its children with SIGKILL, as a power cut would."""
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def end(self) -> None:
        """End what still runs."""
        for process in self.processes:
            if process.poll() is None:
                self.kill(process)


@contextlib.contextmanager
def embedded(data: Path) -> Iterator[Installation]:
    """SQLite and the embedded broker, as `bin/serve` runs them."""
    broker.make_folders(data)
    server = subprocess.Popen(broker.command(data), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_until(lambda: broker.answers(data), "The broker's answer")
        yield from installed(data, {})
    finally:
        server.terminate()
        server.wait()


@contextlib.contextmanager
def on_servers(data: Path) -> Iterator[Installation]:
    """PostgreSQL and Redis, as a team's server runs them."""
    with postgres_server() as database, redis_server() as redis:
        yield from installed(data, {"DATABASE_URL": database, "REDIS_URL": redis})


KINDS = {"embedded": embedded, "servers": on_servers}


def installed(data: Path, addresses: dict[str, str]) -> Iterator[Installation]:
    environment = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
    environment |= {
        "TECUM_DATA": str(data),
        "TECUM_LEASE_SECONDS": "3",
        "TECUM_SWEEP_SECONDS": "1",
        "DJANGO_SETTINGS_MODULE": "lawsuit.settings",
        **addresses,
    }
    installation = Installation(data, environment)
    try:
        installation.manage("migrate", "--verbosity", "0")
        yield installation
    finally:
        installation.end()
