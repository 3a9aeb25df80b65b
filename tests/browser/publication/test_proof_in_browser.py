"""``/verify/`` and a proof in a real browser: the same answers as ``yiyong verify``, nothing sent, whatever it knows."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from generator.catalogue import wording
from generator.publication_log.log_keys import key_event
from generator.publication_log.log_site_files import LogSite, log_site_files
from generator.publication_log.proof_bundle import Bundle, event_lines, make_bundle
from generator.publication_log.publication_event import digest_of, next_event
from generator.publication_log.publication_ledger import Ledger
from generator.publication_log.signed_note import Note
from tests import tampers as t
from tests.log_projects import project, publish
from tests.projects import AS_OF, ROOT

pytestmark = pytest.mark.browser

NO_ED25519 = """
const asked = crypto.subtle.importKey.bind(crypto.subtle);
crypto.subtle.importKey = (form, key, kind, ...more) =>
  kind.name === "Ed25519" ? Promise.reject(new Error("unknown")) : asked(form, key, kind, ...more);
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site whose pages and scripts are the real ones; its log is replaced by each test."""
    folder = publish(project(tmp_path_factory.mktemp("browser")))
    shutil.copytree(ROOT / "site_config/theme/assets", folder / "assets", dirs_exist_ok=True)
    return folder


@pytest.fixture(scope="module")
def url(site: Path, serve: Callable[[Path], str]) -> str:
    return serve(site)


@pytest.fixture
def visit(browser: Browser, url: str) -> Iterator[Page]:
    page = browser.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    page.close()
    assert errors == []


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    return t.logged(t.events_of(t.STEPS))


def written(bundle: Bundle, version: int = 2, record: str = t.FIRST) -> bytes:
    return make_bundle(bundle, t.document(record, version))


def put(site: Path, files: Mapping[str, bytes]) -> None:
    shutil.rmtree(site / "log", ignore_errors=True)
    for path, data in files.items():
        if path.startswith("log/"):
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            (site / path).write_bytes(data)


def served(site: Path, ledger: Ledger) -> None:
    put(site, dict(log_site_files(LogSite(ledger, frozenset()))))


def answer(page: Page, url: str, data: bytes, name: str = "proof.zip") -> str:
    page.goto(f"{url}verify/")
    page.get_by_label("公布证明文件").set_input_files(
        files=[{"name": name, "mimeType": "application/zip", "buffer": data}]
    )
    told = page.locator("[data-proof=answer]")
    expect(told).not_to_have_text("", timeout=30_000)
    return told.inner_text()


@pytest.mark.parametrize("script", ["", NO_ED25519])
def test_a_sound_proof_is_sound_with_and_without_the_browsers_own_ed25519(
    script: str, visit: Page, url: str, site: Path, ledger: Ledger
) -> None:
    served(site, ledger)
    requests: list[Request] = []
    visit.add_init_script(script)
    visit.on("request", lambda request: requests.append(request))
    told = answer(visit, url, written(t.bundle_of(ledger)))
    assert "核对无误" in told and "6 个事件" in told and "延续" in told and str(ledger.key) in told
    assert all(request.url.startswith(url) and request.method == "GET" for request in requests)
    assert all(request.post_data is None for request in requests)


def test_a_bare_proof_and_one_of_another_site_are_checked_by_themselves(
    visit: Page, url: str, site: Path, ledger: Ledger
) -> None:
    served(site, ledger)
    bundle = t.bundle_of(ledger)
    assert "核对无误" in answer(visit, url, bundle.proof.written(), "proof")
    put(site, {})
    assert "没有取到本站的日志" in answer(visit, url, written(bundle))
    publish_unsigned = t.logged(t.events_of(t.STEPS)[1:])
    plain = Ledger(publish_unsigned.lines, [Note(n.text) for n in publish_unsigned.checkpoints], {}, [])
    served(site, plain)
    assert "日志没有签名" in answer(visit, url, written(t.bundle_of(plain)))
    assert "没有签名" in visit.locator("#proof").inner_text()


def test_a_sound_proof_says_which_record_which_events_and_which_version(
    visit: Page, url: str, site: Path, ledger: Ledger
) -> None:
    served(site, ledger)
    data = site / f"api/v1/notices/{t.FIRST}.json"
    data.write_text(
        json.dumps({**t.document(t.FIRST, 2), "version": "89d913b10ee7", "days": []}), encoding="utf-8"
    )
    bundle = t.bundle_of(ledger)
    for file, name in ((written(bundle), "proof.zip"), (bundle.proof.written(), "proof.json")):
        told = answer(visit, url, file, name)
        assert f"公示 {t.FIRST}" in told and "第2版" in told, told
        assert "2026年11月18日" in told and "2026年11月26日" in told
        assert "2026年11月22日 09:00 首次登记" in told and "日志第 2 个事件" in told
        # Each event is called what the proof's own text calls it.
        for line in event_lines(bundle.proof.events, wording("proof")).splitlines():
            at, name = line.partition(" ")[2].split("，")[0].split("  ")
            assert f"{at} {name}（日志第" in told, told
        assert told.count("更正（日志第") == 2 and "第 3 次登记的内容" in told
        assert t.state(t.FIRST, 2).document in told
        assert "本站现在公布的内容与它相同" in told and "89d913b10ee7" in told
        link = visit.locator("[data-proof=answer] a")
        assert link.get_attribute("href") == f"../notices/{t.FIRST}/"
    assert "不能证明时刻" in told


def test_a_proof_says_what_came_after_it_and_that_the_content_is_another_now(
    visit: Page, url: str, site: Path, ledger: Ledger
) -> None:
    served(site, ledger)
    data = site / f"api/v1/notices/{t.FIRST}.json"
    data.write_text(json.dumps(t.document(t.FIRST, 2)), encoding="utf-8")
    (site / f"notices/{t.FIRST}/proof").write_bytes(t.bundle_of(ledger).proof.written())
    early = t.logged(t.events_of(t.STEPS[:3]))
    told = answer(visit, url, written(t.bundle_of(early), version=1))
    assert "第1版" in told and "第 2 次登记的内容" in told
    assert "1 个更晚的事件" in told and "本站现在公布的内容与它不同" in told


def test_a_proof_of_another_log_has_no_link_and_is_not_said_to_be_the_sites(
    visit: Page, url: str, site: Path, ledger: Ledger
) -> None:
    requests: list[str] = []
    visit.on("request", lambda request: requests.append(request.url))
    for files in ({}, dict(log_site_files(LogSite(Ledger(), frozenset())))):
        put(site, files)
        told = answer(visit, url, written(t.bundle_of(ledger)))
        assert "核对无误" not in told and "没有与本站的日志比较" in told and "第2版" in told
        assert visit.locator("[data-proof=answer] a").count() == 0
    assert not any("/api/" in address or address.endswith("/proof") for address in requests)


def test_what_a_hostile_proof_holds_is_text_and_short(visit: Page, url: str, site: Path) -> None:
    put(site, {})

    def sound(record: dict[str, str], **changes: object) -> bytes:
        changed = replace(t.state(t.FIRST, 0), document=digest_of(record), **changes)  # type: ignore[arg-type]
        event = next_event(changed, None, AS_OF)
        assert event is not None
        (keyed, *_) = t.events_of(())
        ledger = t.logged([keyed, event])
        log = LogSite(ledger, frozenset((changed.id,)))
        note = ledger.checkpoints[-1]
        proof = log.proof(ledger.by_record()[changed.id], note)
        return make_bundle(Bundle(proof=proof, keys=log.keys(note)), record)

    title = "<img src=x onerror=alert(1)>\u202e" + "长" * 5000
    told = answer(visit, url, sound({"id": t.FIRST, "title": title}))
    assert "<img src=x onerror=alert(1)>长" in told and "\u202e" not in told and len(told) < 2000
    assert visit.locator("[data-proof=answer] img").count() == 0
    for changes in (
        {"path": "javascript:alert(1)"},
        {"path": "//elsewhere.example/"},
        {"path": "notices/wuhan-2026-0002/"},
        {"id": "<b>", "path": "notices/<b>/"},
        {"opens_on": None, "closes_on": "<b>"},
        {"kind": "constructor", "path": f"constructors/{t.FIRST}/"},
    ):
        told = answer(visit, url, sound({"id": t.FIRST}, **changes))
        assert "无法核对" in told and "核对无误" not in told, changes


def test_a_checkpoint_that_was_kept_says_whether_anything_was_taken_out_since(
    visit: Page, url: str, site: Path, ledger: Ledger
) -> None:
    kept = str(t.logged(t.events_of(t.STEPS[:3])).checkpoints[-1]).encode()
    served(site, ledger)
    told = answer(visit, url, kept, "checkpoint.txt")
    assert "没有抽去、改动、调换" in told and "4 个事件" in told and "6 个事件" in told, told
    assert "核对无误" not in told, "no record was proved"
    served(site, t.logged(t.events_of([*t.STEPS[:2], (t.FIRST, 3), (t.SECOND, 1)])))
    assert "分了岔" in answer(visit, url, kept, "checkpoint.txt")
    served(site, t.logged(t.events_of(t.STEPS[:1])))
    assert "退回了旧的" in answer(visit, url, kept, "checkpoint.txt")
    put(site, {})
    assert "没有取到本站的日志" in answer(visit, url, kept, "checkpoint.txt")
    assert "没有抽去" not in visit.locator("[data-proof=answer]").inner_text()


def test_every_way_of_tampering_is_told(visit: Page, url: str, site: Path) -> None:
    says = wording("verify")["proof"]["says"]
    for name, attack in ((name, made()) for name, made in t.TAMPERS.items()):
        put(site, attack.site)
        told = answer(visit, url, t.zipped(attack.file))
        assert "核对不符" in told and says[attack.browser] in told, (name, told)


def test_a_file_that_is_no_proof_is_not_said_to_be_tampered_with(
    visit: Page, url: str, site: Path, ledger: Ledger
) -> None:
    served(site, ledger)
    sound = written(t.bundle_of(ledger))
    picture = (ROOT / "content/readme/home.webp").read_bytes()
    for data in (b"", b"PK", b"{}", b"[]", b"null", "公示".encode(), picture, sound[:-30], sound[30:]):
        told = answer(visit, url, data)
        assert "无法核对" in told and "不是公布证明文件" in told and ".json" in told and ".zip" in told, data[
            :9
        ]
        assert "核对不符" not in told, data[:9]


def test_a_proof_of_another_record_or_key_is_told(visit: Page, url: str, site: Path, ledger: Ledger) -> None:
    served(site, ledger)
    sound = t.bundle_of(ledger)
    (own,) = sound.keys
    usurper = replace(own, event=key_event(t.OTHER_KEY, None, t.ORIGIN, "2026-11-20T08:00:00+08:00"))
    forger = key_event(t.OTHER_KEY, None, t.ORIGIN, "2026-11-18T08:00:00+08:00")
    forged = t.bundle_of(t.logged([forger, *t.events_of(t.STEPS)[1:]], key=t.OTHER_KEY))
    cases = {
        "不是登记的内容": [written(sound, version=1)],
        "密钥的更换对不上": [written(replace(sound, keys=(own, usurper)))],
        "分了岔": [written(forged)],
    }
    for words, files in cases.items():
        for data in files:
            told = answer(visit, url, data)
            assert "核对不符" in told and words in told, (words, told)


@pytest.mark.parametrize("script", ["", NO_ED25519])
def test_a_wrong_signature_is_told_by_either_implementation(
    script: str, visit: Page, url: str, site: Path, ledger: Ledger
) -> None:
    served(site, ledger)
    visit.add_init_script(script)
    sound = t.bundle_of(ledger)
    (own,) = sound.proof.note.signatures
    for place in (0, 40, 63):
        payload = bytes(byte ^ (at == place) for at, byte in enumerate(own.payload))
        note = Note(sound.proof.note.text, (replace(own, payload=payload),))
        told = answer(visit, url, written(replace(sound, proof=replace(sound.proof, note=note))))
        assert "没有有效的签名" in told


def test_a_site_that_went_back_or_forked_is_told(visit: Page, url: str, site: Path, ledger: Ledger) -> None:
    data = written(t.bundle_of(ledger))
    served(site, t.logged(t.events_of(t.STEPS[:3])))
    assert "退回了旧的" in answer(visit, url, data)
    served(site, t.logged(t.events_of([*t.STEPS[:4], (t.FIRST, 3)])))
    assert "分了岔" in answer(visit, url, data)
    served(site, ledger)
    tile = site / "log/tile/0/000.p/6"
    tile.write_bytes(bytes(32) + tile.read_bytes()[32:])
    assert "与它自己的检查点不符" in answer(visit, url, data)


def test_a_long_log_is_read_tile_by_tile(visit: Page, url: str, site: Path) -> None:
    steps = [(t.FIRST if number % 2 else t.SECOND, number) for number in range(600)]
    long = t.logged(t.events_of(steps))
    served(site, long)
    proof = LogSite(long, frozenset((t.FIRST,))).proof(long.by_record()[t.FIRST][:3], long.checkpoints[9])
    data = Bundle(proof=proof).proof.written()
    told = answer(visit, url, data, "proof")
    assert "核对无误" in told and "601 个事件" in told


def test_the_page_says_that_nothing_is_signed(site: Path) -> None:
    page = (site / "verify/index.html").read_text(encoding="utf-8")
    assert "本站的日志没有签名" in page and "yiyong.example/log</a>，现有 2\xa0个事件" in page
