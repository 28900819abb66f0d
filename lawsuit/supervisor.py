"""The supervisor behind `bin/serve`: prepares the data folder, runs broker, web, worker and beat, and ends them all.

It stays a small process that loads neither Django nor the settings: whatever needs them runs in a child.
"""

from __future__ import annotations

import argparse
import errno
import fcntl
import http.client
import os
import re
import signal
import socket
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from lawsuit import broker
from lawsuit.processes import Child, Guard

PROJECT = Path(__file__).resolve().parent.parent
GRACE_SECONDS = 10.0
"""How long children may take to end in good order; a draft that is cut off is claimed again after its lease."""
START_SECONDS = 60.0
LAST_RUN_SECONDS = 10.0
"""How long a start waits for the children of a run that was killed; their guard ends them within five seconds."""
STARTS_BEFORE_GIVING_UP = 3
SENTENCE = re.compile(r"^(?:\S*ImproperlyConfigured|CommandError): (?P<sentence>.+)$")


class StartError(Exception):
    """Why Tecum cannot run here, in one sentence for the person at the terminal."""


class StopError(Exception):
    """A signal asked the supervisor to end while it was starting."""


def say(text: str) -> None:
    """Write a line for the person at the terminal."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of `bin/serve`."""
    parser.add_argument("--port", type=int, default=8000, metavar="N", help="port to listen on (8000)")
    parser.add_argument("--data", metavar="DIR", help="the data folder (TECUM_DATA, or var/ in the project)")
    parser.add_argument("--no-demo", action="store_true", help="do not load the demo case into an empty database")


def _locked(lock: int) -> bool:
    """Take the lock if nobody holds it; say whether it is ours."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _alive(process: str) -> bool:
    """Say whether a process of this number exists."""
    try:
        os.kill(int(process), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True


def open_data_folder(data: Path) -> int:
    """Make the data folder (mode 700), lock it, and return the lock's descriptor, which holds as long as it is open.

    Raises StartError when the folder cannot be made or written, or when another Tecum runs in it.
    """
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        (data / "logs").mkdir(mode=0o700, exist_ok=True)
        lock = os.open(data / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    except FileExistsError as error:
        raise StartError(f"{error.filename} is not a folder: choose another data folder with --data DIR.") from error
    except OSError as error:
        raise StartError(
            f"The data folder {data} cannot be written ({error.strerror}): choose another one with --data DIR."
        ) from error
    end = time.monotonic() + LAST_RUN_SECONDS
    while not _locked(lock):
        os.lseek(lock, 0, os.SEEK_SET)
        holder = os.read(lock, 20).decode(errors="replace").strip()
        # After a SIGKILL the guard holds the lock until the last child is gone: that is worth a moment's wait.
        if _alive(holder) or time.monotonic() > end:
            os.close(lock)
            raise StartError(f"The data folder {data} is in use by another running Tecum (process {holder or 'unknown'}).")
        time.sleep(0.1)
    os.ftruncate(lock, 0)
    os.write(lock, f"{os.getpid()}\n".encode())
    return lock


def listen(host: str, port: int) -> socket.socket:
    """Open the port before anything else starts; gunicorn inherits it, so that nobody can take it in between.

    Raises StartError when the port is busy, not ours to open, or no port.
    """
    if not 0 < port < 65_536:  # the resolver would wrap it round and open another port
        raise StartError(f"There is no port {port}: choose one from 1 to 65535 with --port N.")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(128)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise StartError(
                f"Port {port} is already in use: stop the program that holds it, or choose another one with --port N."
            ) from error
        raise StartError(f"Port {port} of {host} cannot be opened ({error.strerror}): choose another one with --port N.") from error
    return listener


class Supervisor:
    """The children of one installation, from their start to their end."""

    def __init__(self, data: Path, host: str, port: int, *, demo: bool) -> None:
        """Take the data folder and the port; nothing is started yet. Raises StartError when either cannot be had."""
        self.data, self.port, self.demo = data, port, demo
        self.host = "localhost" if host in {"0.0.0.0", "::", ""} else host  # noqa: S104 - recognised, not bound
        self.children: list[Child] = []
        self.stop = threading.Event()
        self._lock = open_data_folder(data)
        self._listener = listen(host, port)
        self._guard = Guard(keep_open=[self._lock])
        self._environment = self._children_environment()

    def _children_environment(self) -> dict[str, str]:
        """Return the environment of every child: this one's, with the data folder and the broker's address set."""
        found = os.environ | {"TECUM_DATA": str(self.data), "PYTHONPATH": str(PROJECT), "PYTHONUNBUFFERED": "1"}
        found.setdefault("DJANGO_SETTINGS_MODULE", "lawsuit.settings")
        if sys.platform == "darwin":  # the worker forks, which Apple's runtime forbids otherwise
            found["OBJC_DISABLE_INITIALIZE_FORK_SAFETY"] = "YES"
        if not found.get("REDIS_URL", "").strip():
            found["REDIS_URL"] = broker.url(self.data)
        return found

    def _child(self, name: str, command: Sequence[str], *, ready_when: str = "", pass_fds: Sequence[int] = ()) -> Child:
        """Start a child and take charge of it."""
        child = Child(
            name,
            command,
            folder=PROJECT,
            logs=self.data / "logs",
            environment=self._environment,
            guard=self._guard,
            say=say,
            pass_fds=pass_fds,
            ready_when=ready_when,
        )
        self.children.append(child)
        child.start()
        return child

    def _pause(self, seconds: float) -> None:
        """Wait a moment. Raises StopError when a signal asks for the end."""
        if self.stop.wait(seconds):
            raise StopError

    def start_broker(self) -> None:
        """Start the embedded broker and wait for its answer. Raises StartError when it cannot be had."""
        if os.environ.get("REDIS_URL", "").strip():
            return
        try:
            broker.make_folders(self.data)
            child = self._child("broker", broker.command(self.data))
            if not self._broker_answers(child):
                child.end()
                broker.set_aside(self.data)
                broker.make_folders(self.data)
                child.start()
                if not self._broker_answers(child):
                    raise StartError(f"The broker cannot start ({child.last_line or 'no answer'}); its log is {child.log}.")
        except broker.BrokerMissingError as error:
            raise StartError(f"The broker cannot start: {error}.") from error
        except OSError as error:
            raise StartError(f"The broker cannot start: {error.filename}: {error.strerror}.") from error

    def _broker_answers(self, child: Child) -> bool:
        """Wait until the broker answers; False when it ended or stayed silent for ten seconds."""
        end = time.monotonic() + 10
        while time.monotonic() < end and child.ended() is None:
            if broker.answers(self.data):
                return True
            self._pause(0.02)
        return False

    def prepare(self) -> None:
        """Run `manage.py prepare` to its end. Raises StartError with its last sentence when it fails."""
        child = self._child("prepare", [sys.executable, "manage.py", "prepare", *([] if self.demo else ["--no-demo"])])
        while child.ended() is None:
            self._pause(0.05)
        status = child.wait()
        self.children.remove(child)
        child.close()
        if status:
            known = SENTENCE.match(child.last_line)
            raise StartError(
                known["sentence"]
                if known
                else f"Preparing the database failed ({child.last_line}); the whole story is in {child.log}."
            )

    def start_processes(self) -> None:
        """Start web, worker and beat beside each other, and wait until the page answers and the worker is ready."""
        celery = [sys.executable, "-m", "celery", "-A", "lawsuit"]
        listener = self._listener.fileno()
        gunicorn = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "lawsuit.wsgi"]
        web = self._child("web", [*gunicorn, "--bind", f"fd://{listener}"], pass_fds=[listener])
        concurrency = os.environ.get("TECUM_WORKERS", "").strip() or str(min(os.cpu_count() or 1, 4))
        # One worker has nobody to gossip or mingle with; the greeting alone costs a second of every start.
        quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        pool = ["--pool", "prefork", "--concurrency", concurrency, "--loglevel", "INFO"]
        worker = self._child("worker", [*celery, "worker", *pool, *quiet], ready_when=r"celery@\S+ ready\.")
        self._child("beat", [*celery, "beat", "--pidfile", "", "--loglevel", "INFO"])
        end = time.monotonic() + START_SECONDS
        while not (self._page_answers() and worker.ready.is_set()):
            for child in self.children:
                child.care()
                if child.failures >= STARTS_BEFORE_GIVING_UP:
                    raise StartError(f"The {child.name} process cannot start ({child.last_line}); its log is {child.log}.")
            if time.monotonic() > end:
                late = web if worker.ready.is_set() else worker
                raise StartError(f"The {late.name} process was not ready after {START_SECONDS:g} s; its log is {late.log}.")
            self._pause(0.05)

    def _page_answers(self) -> bool:
        """Say whether the login page answers; a refusal for the host name (TECUM_HOSTS) is an answer too."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=2)
        try:
            connection.request("GET", "/login/", headers={"User-Agent": "tecum-supervisor"})
            return connection.getresponse().status < 500
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def announce(self, *, first_time: bool) -> None:
        """Print the address and how to sign in; the password itself only when it was just made."""
        password = self.data / "admin-password"
        host = f"[{self.host}]" if ":" in self.host else self.host
        say(f"Tecum is ready: http://{host}:{self.port}/")
        if first_time and password.exists():
            say(f"Sign in as admin with the password {password.read_text().strip()} (kept in {password}).")
        elif password.exists():
            say(f"Sign in as admin; the first password is in {password}.")
        say(f"Data and logs are in {self.data}. Press Ctrl-C to stop.")

    def run(self) -> None:
        """Start everything, keep it running until a signal comes, end everything. Raises StartError."""
        first_time = not (self.data / "admin-password").exists()
        try:
            say(f"Starting Tecum in {self.data} ...")
            self.start_broker()
            self.prepare()
            self.start_processes()
            self.announce(first_time=first_time)
            while True:
                self._pause(0.2)
                for child in self.children:
                    child.care()
        except StopError:
            say("Stopping ...")
        finally:
            self.end()

    def end(self) -> None:
        """End every child, the broker last, each with its group; a second signal cuts the grace short."""
        self.stop.clear()
        front = [child for child in self.children if child.name != "broker"]
        back = [child for child in self.children if child.name == "broker"]
        for layer in (front, back):
            for child in layer:
                child.ask_to_end()
            end = time.monotonic() + GRACE_SECONDS
            while any(child.running() for child in layer) and time.monotonic() < end and not self.stop.wait(0.05):
                pass
            for child in layer:
                child.end()
                child.close()
        if back:
            broker.remove_socket(self.data)
        self._listener.close()
        self._guard.close()
        os.close(self._lock)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `bin/serve` after its setting up; return the exit status (1 and one sentence on stderr when it cannot)."""
    parser = argparse.ArgumentParser(prog="bin/serve", description="Run Tecum until Ctrl-C.")
    add_options(parser)
    options = parser.parse_args(arguments)
    os.umask(0o077)
    data = Path(options.data or os.environ.get("TECUM_DATA", "").strip() or PROJECT / "var").expanduser()
    host = os.environ.get("TECUM_BIND", "").strip() or "127.0.0.1"
    try:
        supervisor = Supervisor(data.resolve(), host, options.port, demo=not options.no_demo)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: supervisor.stop.set())
        supervisor.run()
    except StartError as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
