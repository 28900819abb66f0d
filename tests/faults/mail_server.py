"""A mail server for tests: takes everything on a free port of 127.0.0.1 and keeps it. As much SMTP as Django speaks."""

from __future__ import annotations

import contextlib
import email
import email.policy
import socketserver
import threading
from collections.abc import Iterator
from email.message import EmailMessage


class Inbox(socketserver.ThreadingTCPServer):
    """What arrived, in the order in which it was accepted."""

    daemon_threads = allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.taken: list[EmailMessage] = []

    @property
    def url(self) -> str:
        """The value of TECUM_EMAIL_URL that leads here."""
        return f"smtp+plain://127.0.0.1:{self.server_address[1]}"


class _Conversation(socketserver.StreamRequestHandler):
    """One connection."""

    server: Inbox

    def handle(self) -> None:
        """Answer until the other side has said QUIT."""
        self._say(b"220 test")
        for line in self.rfile:
            word = line.split()[0].upper() if line.split() else b""
            if word == b"DATA":
                self._say(b"354 go on")
                self.server.taken.append(self._message())
            self._say(b"221 bye" if word == b"QUIT" else b"250 ok")
            if word == b"QUIT":
                return

    def _say(self, words: bytes) -> None:
        self.wfile.write(words + b"\r\n")

    def _message(self) -> EmailMessage:
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                break
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return email.message_from_bytes(b"".join(lines), policy=email.policy.default)


@contextlib.contextmanager
def mail_server() -> Iterator[Inbox]:
    """Run one until the block ends."""
    with Inbox() as inbox:
        thread = threading.Thread(target=inbox.serve_forever, daemon=True)
        thread.start()
        try:
            yield inbox
        finally:
            inbox.shutdown()
            thread.join()
