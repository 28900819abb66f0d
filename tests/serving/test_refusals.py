"""What bin/serve says when it cannot run: one sentence on stderr, status 1, no traceback."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers import free_port
from tests.serving.running import PROJECT, SERVE, clean_environment, serve

TOOLS = ("sh", "dirname", "cksum", "cat", "mkdir", "rm", "id", "env", "uname", "tail", "sed", "head", "mktemp")
PYTHONS = ("python3.14", "python3.13", "python3.12", "python3.11", "python3", "python")


def set_up(folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run bin/serve with an environment that is still to be made in `folder`."""
    environment = clean_environment(TECUM_VENV=str(folder), **more)
    return subprocess.run([SERVE], env=environment, capture_output=True, text=True, timeout=120)


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    """A PATH with the plainest tools and neither Python nor package manager."""
    folder = tmp_path / "tools"
    folder.mkdir()
    for name in TOOLS:
        found = shutil.which(name)
        assert found, name
        (folder / name).symlink_to(found)
    return folder


@pytest.mark.parametrize("script", ["serve", "test"])
def test_help_needs_nothing(script: str, tmp_path: Path) -> None:
    folder = tmp_path / "venv"
    environment = clean_environment(TECUM_VENV=str(folder), PATH=os.defpath)
    done = subprocess.run([str(PROJECT / "bin" / script), "--help"], env=environment, capture_output=True, text=True, timeout=20)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"Usage: bin/{script} [")
    assert not folder.exists()


def test_no_python(tools: Path, tmp_path: Path) -> None:
    done = set_up(tmp_path / "venv", PATH=str(tools))
    expected = "Tecum needs Python 3.11 or newer and found none: install it with: your system's package manager"
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"{expected} (python3.11 python3.11-venv)\n"


def test_a_python_too_old(tools: Path, tmp_path: Path) -> None:
    for name in PYTHONS:
        (tools / name).write_text("#!/bin/sh\necho 3.9\n")
        (tools / name).chmod(0o755)
    done = set_up(tmp_path / "venv", PATH=str(tools))
    expected = "Tecum needs Python 3.11 or newer and found only 3.9: install a newer one with: your system's package manager"
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"{expected} (python3.11 python3.11-venv)\n"


def test_no_network_at_the_first_set_up(tmp_path: Path) -> None:
    folder = tmp_path / "venv"
    nowhere = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "", "PIP_CONFIG_FILE": os.devnull}
    done = set_up(folder, TECUM_PYTHON=sys.executable, **nowhere)
    assert done.returncode == 1
    assert done.stderr.startswith("The Python packages could not be installed, is there a network? (")
    assert done.stderr.endswith(f"; pip's story is in {folder}/install.log)\n")
    assert done.stderr.count("\n") == 1


def test_an_environment_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()  # root passes over modes, but nobody makes a folder below a file
    folder = tmp_path / "file" / "venv"
    done = set_up(folder)
    expected = f"The folder {folder} cannot be written: set TECUM_VENV to a folder that can, for Tecum's Python packages.\n"
    assert (done.returncode, done.stdout, done.stderr) == (1, "", expected)


def test_a_data_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    data = tmp_path / "file" / "data"
    done = serve("--data", str(data))
    expected = f"The data folder {data} cannot be written (Not a directory): choose another one with --data DIR.\n"
    assert (done.returncode, done.stdout, done.stderr) == (1, "", expected)


def test_a_file_in_place_of_the_data_folder(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.touch()
    done = serve("--data", str(data))
    expected = f"{data} is not a folder: choose another data folder with --data DIR.\n"
    assert (done.returncode, done.stdout, done.stderr) == (1, "", expected)


def test_a_port_that_is_none(tmp_path: Path) -> None:
    done = serve("--data", str(tmp_path / "data"), "--port", "70000")
    expected = "There is no port 70000: choose one from 1 to 65535 with --port N.\n"
    assert (done.returncode, done.stdout, done.stderr) == (1, "", expected)


def test_an_address_of_another_machine(tmp_path: Path) -> None:
    done = serve("--data", str(tmp_path / "data"), "--port", str(port := free_port()), TECUM_BIND="192.0.2.1")
    reason = "(Cannot assign requested address): choose another one with --port N."
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"Port {port} of 192.0.2.1 cannot be opened {reason}\n"


def test_a_setting_that_makes_no_sense(tmp_path: Path) -> None:
    done = serve("--data", str(tmp_path / "data"), "--port", str(free_port()), TECUM_HTTPS="perhaps")
    assert (done.returncode, done.stderr) == (1, "TECUM_HTTPS must be yes or no, not 'perhaps'.\n")


def test_a_database_that_does_not_answer(tmp_path: Path) -> None:
    nobody = f"postgres://tecum@127.0.0.1:{free_port()}/tecum"
    done = serve("--data", str(tmp_path / "data"), "--port", str(free_port()), DATABASE_URL=nobody)
    assert done.returncode == 1
    assert done.stderr.startswith("The database does not answer: connection failed: ")
    assert done.stderr.count("\n") == 1


def test_a_broker_that_cannot_start(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "broker").touch()
    done = serve("--data", str(data), "--port", str(free_port()))
    assert (done.returncode, done.stderr) == (1, f"The broker cannot start: {data}/broker: File exists.\n")
