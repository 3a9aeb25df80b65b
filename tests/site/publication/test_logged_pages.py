"""公示页与荣誉页上的登记情况: a record's page links to its proof and never claims more than was observed."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from generator.pipeline.build import BuildOptions, build
from generator.publication_log.log_keys import key_event
from generator.publication_log.observation import keep_observations
from generator.publication_log.publication_ledger import append_lines
from generator.publication_log.sightings import Observation
from generator.publication_log.signed_note import Note, Verifier
from tests.log_projects import LATER, counted_salts, ledger_of, project, publish, rewrite_case
from tests.projects import AS_OF, case, honour
from tests.quick_build import no_posters, plain_host

NOTICE, HONOUR = "notices/wuhan-2026-0001/", "honours/wuhan-2026-h0001/"
KEY = Ed25519PrivateKey.from_private_bytes(b"\x01" * 32)
ORIGIN = "yiyong.example/log"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return project(tmp_path / "project")


def built(root: Path, as_of: datetime = AS_OF) -> Path:
    with no_posters():
        build(BuildOptions(root=root, out=root / "site", as_of=as_of, now=as_of, search=False), plain_host)
    return root / "site"


def logged_words(site: Path, path: str) -> str:
    page = (site / path / "index.html").read_text(encoding="utf-8")
    found = re.search('<details class="yy-details" id="logged">(.*?)</details>', page, re.DOTALL)
    return "" if found is None else re.sub("<[^>]*>", "", found[1]).replace("\xa0", " ")


def corrected(root: Path) -> None:
    correction = {"corrected_on": "2026-11-22", "what": "改正"}
    rewrite_case(root, case(honours=[honour()], notice={"corrections": [correction]}))


def test_a_page_says_nothing_of_a_log_that_there_is_not(root: Path) -> None:
    site = built(root)
    assert logged_words(site, NOTICE) == "" and "proof" not in (site / NOTICE / "index.html").read_text()


def test_a_page_tells_its_place_in_the_log_and_links_to_its_proof(root: Path) -> None:
    site = publish(root)
    for path, ordinal in ((NOTICE, 1), (HONOUR, 2)):
        words = logged_words(site, path)
        assert f"公布日志 {ORIGIN} 的第 {ordinal} 个事件：2026年11月22日 09:00 首次登记。" in words
        assert "没有签名和时间戳" in words and "不说明网页一直开着" in words
        page = (site / path / "index.html").read_text(encoding="utf-8")
        (href,) = re.findall(r'<a href="([^"]*proof)" download', page)
        assert (site / path / href).resolve() == (site / path / "proof").resolve() and (
            site / path / "proof"
        ).is_file()
    assert "没有公示期内的目击记录" in logged_words(site, NOTICE)
    assert "观察者" not in logged_words(site, HONOUR)


def test_what_is_not_logged_yet_is_said_to_be_so(root: Path) -> None:
    publish(root)
    corrected(root)
    words = logged_words(built(root), NOTICE)
    assert "变化还没有登记" in words and "首次登记" in words
    words = logged_words(publish(root, LATER), NOTICE)
    assert "还没有登记" not in words and "第 3 个事件" in words and "现有 2 个事件" in words


def test_one_publication_changes_no_other_page(root: Path) -> None:
    before = (publish(root) / HONOUR / "index.html").read_bytes()
    corrected(root)
    assert (publish(root, AS_OF + timedelta(hours=1)) / HONOUR / "index.html").read_bytes() == before


def signed(note: Note) -> Note:
    return note.signed(KEY, ORIGIN)


def test_only_the_key_that_the_log_names_counts_as_a_signature(root: Path) -> None:
    made = publish(root)
    assert "没有签名" in logged_words(made, NOTICE)
    longer, added = ledger_of(root).extended(
        [key_event(KEY, None, ORIGIN, "2026-11-22T10:00:00+08:00")], counted_salts(50)
    )
    append_lines(root, added, signed(longer.checkpoint(ORIGIN)))
    corrected(root)
    site = publish(root, LATER, sign=signed, start=90)
    assert "检查点有日志密钥的签名" in logged_words(site, NOTICE)
    # The honour's proof leads to the checkpoint of before there was a key.
    assert "没有签名和时间戳" in logged_words(site, HONOUR)
    stranger = Ed25519PrivateKey.from_private_bytes(b"\x02" * 32)
    rewrite_case(
        root,
        case(honours=[honour(corrections=[{"corrected_on": "2026-11-23", "what": "改正"}])], notice={
            "corrections": [{"corrected_on": "2026-11-22", "what": "改正"}]
        }),
    )  # fmt: skip
    later = publish(root, LATER, sign=lambda note: note.signed(stranger, ORIGIN), start=95)
    assert "没有签名和时间戳" in logged_words(later, HONOUR)


def seen(root: Path, hour: int, key: Ed25519PrivateKey, document: str | None = None) -> Observation:
    ledger = ledger_of(root)
    state = ledger.last_states()["wuhan-2026-0001"].state
    (note, size) = ledger.sized_checkpoints()[-1]
    made = Observation(
        at=(AS_OF + timedelta(hours=hour)).isoformat(),
        url="https://yiyong.example/",
        origin=ORIGIN,
        size=size,
        root=note.text.splitlines()[2],
        id=state.id,
        document=document or state.document,
        page=state.document,
        key=str(Verifier("news.example/o", key.public_key().public_bytes_raw())),
    )
    return made.signed(key)


def test_a_page_says_how_often_what_was_logged_was_seen(root: Path) -> None:
    publish(root)
    other = Ed25519PrivateKey.from_private_bytes(b"\x03" * 32)
    lines = [seen(root, 1, KEY), seen(root, 7, KEY), seen(root, 8, other)]
    # Something else than what was logged, and after the period, is no sighting of it.
    strange = [seen(root, 2, KEY, "x" * 44), seen(root, 400, KEY)]
    keep_observations(root, [*lines, *strange])
    assert "2 个观察者共 3 次看到登记的内容" in logged_words(built(root), NOTICE)


def test_a_site_of_an_earlier_day_knows_nothing_of_later_events(root: Path) -> None:
    publish(root)
    early = (root / "site/log/checkpoint").read_bytes()
    corrected(root)
    rewrite_case(root, case(case="x", notice={"id": "wuhan-2026-0002"}, honours=None), "wuhan/2026/x.yml")
    publish(root, LATER)
    site = built(root)
    assert (site / "log/checkpoint").read_bytes() == early
    assert "第 1 个事件" in logged_words(site, NOTICE)
    assert not [path for path in site.rglob("proof") if b"2026-11-23" in path.read_bytes()]
