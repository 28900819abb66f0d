"""The embedded broker: where it listens, what runs it, and Celery's own client speaking to it over the unix socket."""

from __future__ import annotations

import contextlib
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from celery import Celery

from lawsuit import broker
from tests.servers import wait_until


@contextlib.contextmanager
def running(data: Path) -> Iterator[None]:
    broker.make_folders(data)
    with (data / "log").open("wb") as log, subprocess.Popen(broker.command(data), stdout=log, stderr=log) as process:
        try:
            wait_until(lambda: process.poll() is not None or broker.answers(data), "The broker's answer", 10)
            assert process.returncode is None, (data / "log").read_text()
            yield
        finally:
            process.terminate()
            process.wait(10)
    broker.remove_socket(data)


@pytest.mark.parametrize("name", ["plain", "with space and 100%25", "d" * 120])
def test_celery_reaches_it_whatever_the_folder_is_called(tmp_path: Path, name: str) -> None:
    data = tmp_path / name
    data.mkdir()
    with running(data):
        app = Celery("probe", broker=broker.url(data), set_as_current=False)
        app.conf.broker_transport_options = {"visibility_timeout": 77}
        with app.connection_for_write() as connection:
            app.send_task("anything", connection=connection)
            channel: Any = connection.default_channel
            assert channel.client.llen("celery") == 1
            assert channel.visibility_timeout == 77
            assert channel.client.connection_pool.connection_kwargs["path"] == str(broker.socket_path(data))
            assert channel.client.connection_pool.connection_kwargs["db"] == 0
            assert channel.client.config_get("port") == {b"port": b"0"} or channel.client.config_get("port") == {"port": "0"}
        app.close()
    assert not broker.socket_path(data).exists()


def test_the_socket_lies_in_the_data_folder_as_long_as_its_path_fits() -> None:
    short, long = Path("/srv/tecum"), Path("/srv") / ("d" * 100)
    assert broker.socket_path(short) == short / "broker.sock"
    assert len(str(broker.socket_path(long))) <= broker.LONGEST_SOCKET_PATH
    assert broker.socket_path(long) == broker.socket_path(long)
    assert broker.socket_path(long) != broker.socket_path(long / "other")


def test_a_socket_folder_that_others_can_enter_is_refused(tmp_path: Path) -> None:
    data = tmp_path / ("d" * 120)
    data.mkdir()
    folder = broker.socket_path(data).parent
    folder.mkdir(mode=0o755)
    try:
        with pytest.raises(PermissionError, match="open to others"):
            broker.make_folders(data)
    finally:
        folder.rmdir()


def test_without_the_wheel_a_server_on_the_path_serves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(broker, "get_binary_path", None)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(broker.BrokerMissingError, match="set REDIS_URL"):
        broker.binary()
    for name in ("redis-server", "valkey-server"):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
        assert broker.binary() == str(tmp_path / name)  # Valkey is preferred as soon as it is there


def test_nothing_answers_where_nothing_listens(tmp_path: Path) -> None:
    assert not broker.answers(tmp_path)


def test_what_it_kept_can_be_dropped(tmp_path: Path) -> None:
    with running(tmp_path):
        pass
    base = next((tmp_path / "broker" / "appendonlydir").glob("*.base.rdb"))
    base.write_bytes(b"torn")
    with pytest.raises(AssertionError), running(tmp_path):
        pass
    broker.set_aside(tmp_path)
    with running(tmp_path):
        assert broker.answers(tmp_path)
