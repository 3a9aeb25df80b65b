"""The sample site, and a server for it."""

from tests.sites import sample_project, sample_site, sample_url, serve

__all__ = ["sample_project", "sample_site", "sample_url", "serve"]
