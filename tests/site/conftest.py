"""The sample site, for tests that build or read whole sites."""

from collections.abc import Iterator

import pytest

from tests.quick_build import unaudited
from tests.sites import sample_project, sample_site, sample_url, serve

__all__ = ["sample_project", "sample_site", "sample_url", "serve"]


@pytest.fixture
def no_audit() -> Iterator[None]:
    """Builds of this test are not audited."""
    with unaudited():
        yield
