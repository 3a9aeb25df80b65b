"""A server and a browser for the large site."""

from tests.chromium import browser
from tests.sites import serve

__all__ = ["browser", "serve"]
