"""Somebody at the site with a plain HTTP client: signs in, follows no trust, keeps cookies."""

from __future__ import annotations

import re
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar


class Visitor:
    """A browser without a screen."""

    def __init__(self, port: int) -> None:
        """Visit the site on this port of 127.0.0.1."""
        self._site = f"http://127.0.0.1:{port}"
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> tuple[int, bytes]:
        """Return status and body, redirects followed."""
        try:
            with self._opener.open(self._site + path, timeout=20) as response:
                return response.status, response.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read()

    def sign_in(self, name: str, password: str) -> None:
        """Sign in through the login page. Raises AssertionError when the page comes back."""
        _status, body = self.get("/login/")
        token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', body)
        assert token is not None
        form = {"username": name, "password": password, "csrfmiddlewaretoken": token[1].decode()}
        request = urllib.request.Request(self._site + "/login/", urllib.parse.urlencode(form).encode())
        with self._opener.open(request, timeout=20) as response:
            assert not response.url.endswith("/login/"), "The name or the password was refused."
