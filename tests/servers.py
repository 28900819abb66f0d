"""Real PostgreSQL and Redis servers for tests: on free ports of 127.0.0.1, in folders of their own, gone afterwards.

As context managers: `with postgres_server() as url:` and `with redis_server() as url:`. As session-wide fixtures:
import `postgres_url` and `redis_url` in a conftest.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
import redis

from lawsuit import broker

START_SECONDS = 30.0


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    assert isinstance(port, int)
    return port


def wait_until(happened: Callable[[], bool], what: str, seconds: float = START_SECONDS) -> None:
    """Wait until something is so. Raises TimeoutError with what was waited for."""
    end = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > end:
            raise TimeoutError(f"{what} did not happen within {seconds:g} s")
        time.sleep(0.05)


def postgres_program(name: str) -> str:
    """Return a PostgreSQL server program; Debian keeps them out of the PATH."""
    found = [str(path) for path in sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))]
    found += [path for path in [shutil.which(name)] if path]
    if not found:
        raise FileNotFoundError(f"{name} is missing: install postgresql")
    return found[-1]


def _plain_user() -> str | None:
    """Return a user to run PostgreSQL as, since it refuses root; None when this process is not root."""
    if os.getuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in names)


def _stop(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    """End a server in good order, or for certain."""
    process.send_signal(number)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextlib.contextmanager
def _running(command: list[str], folder: Path, ready: Callable[[], bool], **options: object) -> Iterator[None]:
    """Run a server until the block ends; its output goes to `server.log`, which the error quotes if it never starts."""
    log = folder / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=output, start_new_session=True, **options)  # type: ignore[call-overload]
    try:
        wait_until(lambda: process.poll() is not None or ready(), f"The start of {command[0]}")
        if process.returncode is not None:
            raise RuntimeError(f"{command[0]} ended at once: {log.read_text(errors='replace')[-500:]}")
        yield
    finally:
        _stop(process, signal.SIGINT)


@contextlib.contextmanager
def postgres_server() -> Iterator[str]:
    """Run a PostgreSQL and yield `postgres://tecum@127.0.0.1:PORT/tecum`; the user may create databases.

    Without fsync: these data need not outlive a power cut.
    """
    user, port = _plain_user(), free_port()
    folder = Path(tempfile.mkdtemp(prefix="tecum-postgres-"))
    # The invoking user's environment (LANG, PGDATA...) must not reach into a server that has to be the same everywhere.
    options: dict[str, object] = {"env": {"PATH": os.defpath, "LC_ALL": "C.UTF-8"}}
    if user:
        shutil.chown(folder, user)
        options |= {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}
    data = folder / "data"
    admin = f"postgresql://tecum@127.0.0.1:{port}/postgres"

    def ready() -> bool:
        try:
            psycopg.connect(admin, connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    try:
        initdb = [postgres_program("initdb"), "-D", str(data), "-U", "tecum", "-A", "trust", "-E", "UTF8", "--no-sync"]
        subprocess.run(initdb, cwd=folder, check=True, capture_output=True, **options)  # type: ignore[call-overload]
        settings = {"listen_addresses": "127.0.0.1", "unix_socket_directories": str(folder), "fsync": "off"}
        settings |= {"synchronous_commit": "off", "full_page_writes": "off", "max_connections": "60"}
        flags = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        command = [postgres_program("postgres"), "-D", str(data), "-p", str(port), *flags]
        with _running(command, folder, ready, **options):
            with psycopg.connect(admin, autocommit=True) as connection:
                connection.execute("CREATE DATABASE tecum")
            yield f"postgres://tecum@127.0.0.1:{port}/tecum"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def redis_server() -> Iterator[str]:
    """Run a Redis (or the embedded broker's Valkey when none is installed) and yield `redis://127.0.0.1:PORT/0`."""
    port = free_port()
    folder = Path(tempfile.mkdtemp(prefix="tecum-redis-"))
    program = shutil.which("redis-server") or shutil.which("valkey-server") or broker.binary()
    url = f"redis://127.0.0.1:{port}/0"

    def ready() -> bool:
        client = redis.Redis.from_url(url)
        try:
            return bool(client.ping())
        except redis.ConnectionError:
            return False
        finally:
            client.close()

    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder), "--save", ""]
    try:
        with _running([*command, "--appendonly", "no"], folder, ready):
            yield url
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The address of a PostgreSQL that runs for the whole session."""
    with postgres_server() as url:
        yield url


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """The address of a Redis that runs for the whole session."""
    with redis_server() as url:
        yield url
