"""bin/serve for real: what it starts, what it keeps, and that nothing is left when it ends, however it ends."""

from __future__ import annotations

import os
import signal
import sqlite3
import stat
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers import wait_until
from tests.serving.running import Running, gone, serve


@pytest.fixture(scope="module")
def tecum(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    running = Running(tmp_path_factory.mktemp("serving") / "a data folder").start()
    yield running
    if running.process.poll() is None:
        running.stop()


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def rows(data: Path) -> tuple[list[tuple[str, str]], int]:
    """The users with their password hashes, and how many cases there are."""
    connection = sqlite3.connect(data / "tecum.sqlite3")
    try:
        users = connection.execute("SELECT username, password FROM auth_user ORDER BY id").fetchall()
        cases = connection.execute("SELECT count(*) FROM discovery_case").fetchone()[0]
    finally:
        connection.close()
    return users, cases


def test_the_login_page_answers(tecum: Running) -> None:
    status, body = tecum.get("/login/")
    assert status == 200
    assert b"password" in body


def test_it_says_where_it_is_and_how_to_sign_in(tecum: Running) -> None:
    password = (tecum.data / "admin-password").read_text().strip()
    assert f"Tecum is ready: http://127.0.0.1:{tecum.port}/\n" in tecum.said()
    assert f"Sign in as admin with the password {password} (kept in {tecum.data}/admin-password).\n" in tecum.said()


def test_what_it_keeps_is_private(tecum: Running) -> None:
    assert mode(tecum.data) == 0o700
    secret = ["admin-password", "secret-key", "tecum.sqlite3", "logs/web.log"]
    assert {name: mode(tecum.data / name) for name in secret} == dict.fromkeys(secret, 0o600)


def test_the_password_stands_in_no_log(tecum: Running) -> None:
    password = (tecum.data / "admin-password").read_text().strip()
    assert [log.name for log in (tecum.data / "logs").iterdir() if password in log.read_text()] == []


def test_the_broker_has_no_tcp_port(tecum: Running) -> None:
    assert "unixsocket:" in tecum.family()[tecum.pid_of("-server ")]
    assert mode(tecum.data / "broker.sock") == 0o700


def test_one_administrator_and_the_demo_are_there(tecum: Running) -> None:
    users, cases = rows(tecum.data)
    assert [name for name, _ in users] == ["admin"]
    assert cases >= 1


def test_the_data_folder_serves_one_run_at_a_time(tecum: Running) -> None:
    second = serve("--data", str(tecum.data), "--port", "0")
    expected = f"The data folder {tecum.data} is in use by another running Tecum (process {tecum.process.pid}).\n"
    assert (second.returncode, second.stdout, second.stderr) == (1, "", expected)


def test_a_busy_port_is_one_sentence(tecum: Running, tmp_path: Path) -> None:
    second = serve("--data", str(tmp_path / "data"), "--port", str(tecum.port))
    expected = f"Port {tecum.port} is already in use: stop the program that holds it, or choose another one with --port N.\n"
    assert (second.returncode, second.stdout, second.stderr) == (1, "", expected)


def test_a_killed_worker_is_started_again_and_leaves_no_pool_behind(tecum: Running) -> None:
    before = {number: line for number, line in tecum.family().items() if "celery -A lawsuit worker" in line}
    os.kill(min(before), signal.SIGKILL)
    wait_until(lambda: "worker was ended by SIGKILL; starting it again in 1 s" in tecum.said(), "The notice")
    wait_until(lambda: any("celery -A lawsuit worker" in line for line in tecum.family().values()), "The new worker")
    assert gone(before)


def test_a_killed_broker_is_started_again(tecum: Running) -> None:
    killed = tecum.pid_of("-server ")
    os.kill(killed, signal.SIGKILL)
    wait_until(lambda: "broker was ended by SIGKILL" in tecum.said(), "The notice")
    wait_until(lambda: any("-server " in line for line in tecum.family().values()), "The new broker")
    assert tecum.pid_of("-server ") != killed


def test_ctrl_c_ends_every_child_and_a_second_start_changes_nothing(tecum: Running) -> None:
    family, before = tecum.family(), rows(tecum.data)
    kept = {name: (tecum.data / name).read_bytes() for name in ("admin-password", "secret-key", "static-checksum")}
    assert len(family) >= 8  # supervisor, guard, broker, web and two of its own, worker and one of its own, beat
    assert tecum.stop(signal.SIGINT) == 0
    assert gone(family)
    assert not (tecum.data / "broker.sock").exists()

    again = Running(tecum.data).start()
    try:
        assert rows(tecum.data) == before
        assert {name: (tecum.data / name).read_bytes() for name in kept} == kept
        assert f"Sign in as admin; the first password is in {tecum.data}/admin-password.\n" in again.said()
        assert kept["admin-password"].decode().strip() not in again.said()
        assert again.get("/login/")[0] == 200
    finally:
        family = again.family()
        assert again.stop(signal.SIGTERM) == 0
    assert gone(family)


def test_nothing_outlives_a_killed_supervisor_and_the_next_start_waits_for_that(tmp_path: Path) -> None:
    running = Running(tmp_path / "data").start("--no-demo")
    family = running.family()
    running.stop(signal.SIGKILL)
    again = Running(running.data).start("--no-demo")
    try:
        assert gone(family)
        assert rows(running.data)[1] == 0
    finally:
        again.stop()


def test_a_data_folder_with_a_long_path_gets_its_socket_elsewhere(tmp_path: Path) -> None:
    data = tmp_path / ("d" * 60) / ("e" * 60)
    running = Running(data).start("--no-demo")
    family = running.family()
    assert not (data / "broker.sock").exists()
    started = time.monotonic()
    assert running.stop() == 0
    assert time.monotonic() - started < 15
    assert gone(family)
