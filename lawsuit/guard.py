"""The guard: a small process that outlives the supervisor just long enough to end its children.

Run as a script, with the supervisor's end of a pipe as its standard input: `add N` and `drop N` lines name process
groups. When the pipe closes, the supervisor is gone, however it went (SIGKILL included); whatever groups are still
listed are asked to end, and killed after a grace. This works wherever there are pipes; a parent-death signal exists
on Linux alone and does not reach grandchildren.
"""

from __future__ import annotations

import os
import signal
import sys
import time

GRACE_SECONDS = 5.0


def send(group: int, number: int) -> bool:
    """Send a signal to a process group; say whether anybody was there."""
    try:
        os.killpg(group, number)
    except ProcessLookupError:
        return False
    except PermissionError:  # macOS says so of a group of zombies
        return False
    return True


def main() -> None:
    """Keep the list while the pipe is open, then end what is on it."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    groups: set[int] = set()
    for line in sys.stdin:
        word, _, group = line.strip().partition(" ")
        (groups.add if word == "add" else groups.discard)(int(group))
    groups = {group for group in groups if send(group, signal.SIGTERM)}
    end = time.monotonic() + GRACE_SECONDS
    while groups and time.monotonic() < end:
        time.sleep(0.1)
        groups = {group for group in groups if send(group, 0)}
    for group in groups:
        send(group, signal.SIGKILL)


if __name__ == "__main__":
    main()
