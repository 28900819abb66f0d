"""The servers that other tests run against."""

from __future__ import annotations

import psycopg
import pytest
import redis

from tests.servers import postgres_server, redis_server

MAY_CREATE = "SELECT current_user, rolcreatedb FROM pg_roles WHERE rolname = current_user"


@pytest.mark.servers
def test_postgresql_runs_and_ends() -> None:
    with postgres_server() as url, psycopg.connect(url) as connection:
        assert connection.execute(MAY_CREATE).fetchone() == ("tecum", True)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)


@pytest.mark.servers
def test_redis_runs_and_ends() -> None:
    with redis_server() as url, redis.Redis.from_url(url) as client:
        assert client.ping() is True
    with redis.Redis.from_url(url) as client, pytest.raises(redis.ConnectionError):
        client.ping()
