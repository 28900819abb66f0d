"""The one door through which the engine can read anything: `data:` and our own fonts and styles. Nothing else opens."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

# WeasyPrint looks for its fonts as it is imported, so ours must be in place first.
# isort: off
from discovery.papers import fontset
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse
# isort: on

MIME_TYPES = {".css": "text/css", ".ttf": "font/ttf", ".otf": "font/otf", ".svg": "image/svg+xml"}


class PapersFetcher(URLFetcher):  # type: ignore[misc]
    """Fetches `data:` addresses and files under the papers' own folder; everything else stops the rendering.

    No redirect is followed and no network handler is ever reached. Raises FatalURLFetchingError (a BaseException, so that
    the engine cannot swallow it and print a paper with a hole in it) for any other address, for a file outside the
    folder (after symbolic links and `..` are resolved), for an unknown kind of file, and for one that is not there.
    """

    def __init__(self, root: Path = fontset.ROOT) -> None:
        super().__init__(allowed_protocols=("data", "file"), allow_redirects=False, fail_on_errors=True)
        self._root = root.resolve()

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
        """Return the response for `url`, or raise FatalURLFetchingError."""
        scheme = urlsplit(url).scheme.lower()
        if scheme == "data":
            try:
                return super().fetch(url, headers)
            except (OSError, ValueError) as error:
                raise FatalURLFetchingError("A data: address in a paper cannot be read.") from error
        if scheme == "file":
            return self._file(url)
        raise FatalURLFetchingError(f"A paper may not read {url}.")

    def _file(self, url: str) -> Any:
        parts = urlsplit(url)
        if parts.netloc not in ("", "localhost"):
            raise FatalURLFetchingError(f"A paper may not read {url}.")
        try:
            path = Path(unquote(parts.path)).resolve()
            if not path.is_relative_to(self._root) or path.suffix not in MIME_TYPES:
                raise FatalURLFetchingError(f"A paper may not read {url}.")
            body = path.read_bytes()
        except (OSError, ValueError) as error:
            raise FatalURLFetchingError(f"The papers' own file {url} cannot be read.") from error
        return URLFetcherResponse(url, body, {"Content-Type": MIME_TYPES[path.suffix]})
