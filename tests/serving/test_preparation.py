"""The steps before the start: each does its work once and then sees that there is nothing to do."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from pytest_django.fixtures import Settings

from lawsuit import administrator, preparation


@pytest.mark.django_db
def test_the_first_administrator_can_sign_in_with_the_kept_password(tmp_path: Path) -> None:
    assert administrator.create_administrator(tmp_path)
    user = get_user_model().objects.get()
    path = administrator.password_file(tmp_path)
    assert (user.get_username(), user.is_superuser, user.is_staff) == ("admin", True, True)
    assert user.check_password(path.read_text().strip())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.django_db
def test_no_administrator_is_made_where_there_are_users(tmp_path: Path) -> None:
    get_user_model().objects.create_user("clerk")
    assert not administrator.create_administrator(tmp_path)
    assert get_user_model().objects.count() == 1
    assert not administrator.password_file(tmp_path).exists()


@pytest.mark.django_db
def test_a_password_file_of_an_earlier_database_is_replaced_and_closed(tmp_path: Path) -> None:
    path = administrator.password_file(tmp_path)
    path.write_text("a very old password that is longer than the new one will be\n")
    path.chmod(0o644)
    administrator.create_administrator(tmp_path)
    assert get_user_model().objects.get().check_password(path.read_text().strip())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.django_db
def test_a_migrated_database_needs_no_migration() -> None:
    assert not preparation.migrate()


def test_static_files_are_collected_when_one_changed(tmp_path: Path, settings: Settings) -> None:
    source, data = tmp_path / "source", tmp_path / "data"
    source.mkdir()
    data.mkdir()
    (source / "one.css").write_text("p { margin: 0 }")
    settings.STATICFILES_DIRS, settings.STATIC_ROOT = [source], data / "static"
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    whitenoise = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": whitenoise}
    assert preparation.collect_static(data)
    assert not preparation.collect_static(data)
    (source / "one.css").write_text("p { margin: 1pt }")
    assert preparation.collect_static(data)
    (data / "static" / "staticfiles.json").unlink()
    assert preparation.collect_static(data)


@pytest.mark.django_db
def test_no_demo_without_an_administrator_to_own_it() -> None:
    get_user_model().objects.create_user("clerk")
    assert not preparation.load_demo()


@pytest.mark.django_db
def test_the_demo_is_loaded_once(tmp_path: Path) -> None:
    administrator.create_administrator(tmp_path)
    assert preparation.load_demo()
    assert not preparation.load_demo()
