"""部署包: one file that a server unpacks, and digests that the server's own tools check."""

from __future__ import annotations

import json
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

from generator.desk.deploy_pack import MANIFEST, PACK, NoSiteError, StrangeFileError, write_pack
from tests.offices import yiyong
from tests.projects import WITHHOLDING, case, person, write_small_project

NAMES = ("index.html", "关于/index.html", "a\\b.txt", "files/x y.css")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    for name in NAMES:
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(f"<p>{name}</p>", encoding="utf-8")
    (site / "api/v1").mkdir(parents=True)
    (site / "api/v1/status.json").write_text(json.dumps({"as_of": "2026-11-22T09:00:00+08:00"}))
    return site


def packed(site: Path, folder: Path) -> Path:
    folder.mkdir()
    write_pack(site, folder)
    return folder


def checked(folder: Path) -> subprocess.CompletedProcess[str]:
    tool = shutil.which("sha256sum")
    if tool is None:
        pytest.skip("sha256sum is missing")
    return subprocess.run(
        [tool, "-c", "--quiet", MANIFEST], cwd=folder, capture_output=True, text=True, timeout=20
    )


def test_what_is_unpacked_passes_and_what_was_touched_does_not(site: Path, tmp_path: Path) -> None:
    pack = packed(site, tmp_path / "pack")
    served = tmp_path / "served"
    with tarfile.open(pack / PACK) as archive:
        archive.extractall(served, filter="data")
    shutil.copy(pack / MANIFEST, served)
    assert sorted(p.relative_to(served).as_posix() for p in served.rglob("*") if p.is_file()) == sorted(
        [*NAMES, "api/v1/status.json", MANIFEST]
    )
    assert checked(served).returncode == 0, checked(served).stderr
    (served / "index.html").write_text("<p>index.htm1</p>", encoding="utf-8")
    (served / "关于/index.html").unlink()
    touched = checked(served)
    assert touched.returncode == 1 and "index.html" in touched.stdout


def test_the_same_site_gives_the_same_bytes(site: Path, tmp_path: Path) -> None:
    one, other = packed(site, tmp_path / "one"), packed(site, tmp_path / "other")
    assert all((one / name).read_bytes() == (other / name).read_bytes() for name in (PACK, MANIFEST))


def test_a_link_and_a_folder_that_is_no_site_are_refused(site: Path, tmp_path: Path) -> None:
    (site / "secret").symlink_to("/etc/hostname")
    with pytest.raises(StrangeFileError):
        packed(site, tmp_path / "one")
    (site / "secret").unlink()
    (site / "api/v1/status.json").unlink()
    with pytest.raises(NoSiteError):
        packed(site, tmp_path / "two")


def test_a_site_that_shows_what_is_withheld_today_is_not_packed(site: Path, tmp_path: Path) -> None:
    hidden = case(
        persons=[person(disclosure="masked", withholding=WITHHOLDING)],
        act={"narrative": "2026年9月12日，封某某跳入水中救起一人。"},
    )
    root = write_small_project(tmp_path / "p", {"wuhan/2026/wh26-0001.yml": hidden})
    (site / "a\\b.txt").unlink()
    arguments = ("--site", site, "--root", root, "--as-of", "2026-11-22T09:00+08:00", "--jobs", "1")
    sound = yiyong("pack", tmp_path / "sound", *arguments)
    assert sound.exit_code == 0, sound.output
    assert (tmp_path / "sound" / PACK).is_file() and "sha256sum -c" in sound.stdout
    (site / "index.html").write_text("<p>封玉琢</p>", encoding="utf-8")
    refused = yiyong("pack", tmp_path / "leak", *arguments)
    assert refused.exit_code == 1 and "AUD001" in refused.output and not (tmp_path / "leak" / PACK).exists()
