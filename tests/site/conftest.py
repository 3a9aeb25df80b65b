"""The sample site, for tests that build or read whole sites."""

from tests.sites import sample_project, sample_site, sample_url, serve

__all__ = ["sample_project", "sample_site", "sample_url", "serve"]
