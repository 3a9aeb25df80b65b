"""浸泡测试: random registries with canaries in every private field, each built and audited whole.

``make test`` builds those of the first seeds; ``make soak`` two thousand and more. What is found
is told by seed: ``random_registry(seed)`` is the registry.
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.diagnostics import Diagnostic, Severity
from generator.pipeline.audit_step import AuditFailedError, audit_report
from tests.betraying import betrayal
from tests.leak_reading import leaks, text_of
from tests.quick import Quick
from tests.registries import Registry, canaries_in, private_texts, random_registry

SHARE = 10
"""Registries a test, so that the tests spread over the cores."""
COUNT = int(os.environ.get("YIYONG_SOAK", "20"))
FIRST = int(os.environ.get("YIYONG_SOAK_SEED", "1"))


@pytest.mark.soak
@pytest.mark.parametrize(
    "share",
    [pytest.param(share, marks=[pytest.mark.journey] * (share > 0)) for share in range(COUNT // SHARE)],
)
def test_no_canary_reaches_the_site(share: int, tmp_path: Path) -> None:
    # Names are taken down after three months, so that registries hold thinned notices too.
    quick = Quick(tmp_path, law_once=True, retention={"identity_days": "90"})
    shown = hidden = betrayed = 0
    for seed in range(FIRST + share * SHARE, FIRST + (share + 1) * SHARE):
        registry = random_registry(seed)
        betrayed += is_told_of(quick, registry, seed)
        try:
            built = quick.build(registry.cases)
        except AuditFailedError as failed:
            found = sorted({f"{item.code} {item.place.path}" for item in failed.diagnostics})
            pytest.fail(f"seed {seed}: {found}")
        # Posters are not printed here.
        assert {item.code for item in built.warnings} <= {"PST001"}, f"seed {seed}"
        found = leaks(quick.files(), registry.numbers)
        assert found == [], f"seed {seed}: {len(found)} canaries in the site"
        assert told_at_home(quick.files(), registry) == [], f"seed {seed}"
        if seed % 50 == 1:
            assert_audits_agree(quick, registry, random.Random(seed))
        shown += built.notices + built.honours
        hidden += len(list(private_texts(registry.cases)))
    assert shown > SHARE and hidden > 20 * SHARE, "the registries are too empty to prove anything"
    assert betrayed > SHARE / 2


def assert_audits_agree(quick: Quick, registry: Registry, rng: random.Random) -> None:
    """The audit of distinct lines and the thorough one, on the site as it is and with private texts put into it."""
    texts = sorted(private_texts(registry.cases))
    with quick.prepared(registry.cases) as ready:
        for page in rng.sample(sorted(quick.out.rglob("*.html")), 3):
            assert audit_report(ready, quick.out) == audit_report(ready, quick.out, thorough=True)
            text, words = page.read_text(encoding="utf-8"), rng.choice(texts)
            at, cut = rng.randrange(len(text)), rng.randrange(len(words))
            page.write_text(
                text[:at] + words[:cut] + rng.choice(("", "\n", "<b>")) + words[cut:] + text[at:], "utf-8"
            )


def is_told_of(quick: Quick, registry: Registry, seed: int) -> bool:
    """The registry with one betraying text is refused, or asked about, at that record; False where it can have
    none. Without the text the same registry is built."""
    told = betrayal(registry, random.Random(f"betraying {seed}"))
    if told is None:
        return False
    before = {_place_of(item) for item in quick.check(registry.cases)}
    record = Path(told.file).name
    found = [
        item
        for item in quick.check(told.cases)
        if _place_of(item) not in before and Path(item.place.real_path).name == record
    ]
    assert found, f"seed {seed}: nothing was said of {told.how}"
    if told.refused:
        assert any(item.severity is Severity.ERROR for item in found), f"seed {seed}: {told.how}"
    return True


def _place_of(item: Diagnostic) -> tuple[str, str, str | None]:
    return item.code, item.place.real_path, item.place.field


def told_at_home(files: Mapping[str, bytes], registry: Registry) -> list[str]:
    """Files of a record that hold what is hidden in that record, though another may show it."""
    hidden: dict[str, list[str]] = {}
    for public_id, words in registry.elsewhere:
        hidden.setdefault(public_id, []).append(words)
    found = []
    for path, data in files.items():
        words = [word for part in re.split("[/.]", path) for word in hidden.get(part, ())]
        text = text_of(path, data) if words else ""
        found += [path for word in words if word in text]
    return found


def test_the_registries_hold_every_variety() -> None:
    """A soak of uniform registries would prove little."""
    cases = [tree for seed in range(1, 101) for tree in random_registry(seed).cases.values()]
    persons = [person for tree in cases for person in tree["persons"]]
    assert {tree["level"] for tree in cases} == {"public", "masked", "confidential"}
    assert {person["disclosure"] for person in persons} == {"full", "masked", "withheld"}
    assert {tree["outcome"]["kind"] for tree in cases if "outcome" in tree} == {
        "confirmed",
        "not_confirmed",
        "withdrawn",
    }
    for key in ("group", "objections", "honours", "revocation"):
        assert any(key in tree for tree in cases), key
    for key in ("guardian_consent", "age_at_act", "born", "unit", "withholding", "injury_consent"):
        assert any(key in person for person in persons), key
    for name in persons[0]["private"]:
        assert all(name in person["private"] for person in persons), name
    assert canaries_in(cases[0]["private"]["note"])
    objectors = [item["objector"] for tree in cases for item in tree.get("objections", ())]
    for key in ("name", "phone", "address", "joined_by"):
        assert any(key in objector for objector in objectors), key
    for mark in ("·", " "):
        assert any(mark in person["name"] for person in persons), mark


def test_the_registries_hold_namesakes_colleagues_and_every_betrayal() -> None:
    """What one record hides another shows, and every kind of telling words is drawn."""
    shared: set[str] = set()
    kinds: set[str] = set()
    for seed in range(1, 101):
        registry = random_registry(seed)
        shown = {
            person.get(key)
            for tree in registry.cases.values()
            for person in tree["persons"]
            if tree["level"] == "public" and person["disclosure"] == "full"
            for key in ("name", "unit")
        }
        shared |= {words for _, words in registry.elsewhere if words in shown}
        told = (betrayal(registry, random.Random(f"{seed} {draw}")) for draw in range(5))
        kinds |= {item.how for item in told if item is not None}
    assert len([words for words in shared if len(words) <= 4]) > 10, "namesakes"
    assert len([words for words in shared if len(words) > 5]) >= 3, "employers"
    assert len(kinds) >= 16, kinds


def test_a_leak_would_be_seen(tmp_path: Path) -> None:
    """The oracle of the soak is not blind: a canary that is put into the site is found by it."""
    files = {
        "a/index.html": "<p>㐀㐁</p>".encode(),
        "b.json": b'"\\u3402"',
        "c.txt": b"17 990000199001010017",
    }
    assert leaks(files, ["990000199001010017"]) == ["㐀", "㐁", "㐂", "990000199001010017"]
