"""The sample site, a server for it, and the browser that reads it."""

from tests.chromium import browser
from tests.sites import sample_project, sample_site, sample_url, serve

__all__ = ["browser", "sample_project", "sample_site", "sample_url", "serve"]
