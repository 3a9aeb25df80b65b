"""The web server."""

from tests.nginx import server

__all__ = ["server"]
