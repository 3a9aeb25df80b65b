"""决定的登记: decisions are in the log like notices and honours, and what they showed of people is forgotten with them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from generator.diagnostics.report import format_text
from generator.publication_log.log_keys import verifier_of
from generator.publication_log.observation import observe_site
from generator.publication_log.proof_bundle import Bundle
from generator.publication_log.proof_check import check_bundle, check_site
from generator.publication_log.publication_event import Event
from generator.publication_log.record_proof import RecordProof
from tests.decision_trees import bare
from tests.log_projects import LATER, checked, codes, ledger_of, publish
from tests.projects import WITHHOLDING, decision, write_small_project, write_yaml
from tests.tampers import OTHER_KEY

Tree = dict[str, Any]
ID = "wuhan-2026-d0001"
FILE = f"wuhan/2026/{ID}.yml"
FIRST, SECOND = "wuhan/2026/wh26-0001.yml", "wuhan/2026/wh26-0002.yml"
PROOF = f"decisions/{ID}/proof"
REVOKED = {"revoked_on": "2026-11-20", "organ": "武汉市测试机关（示例）", "ground": "弄虚作假"}


def of_two(**changes: Any) -> Tree:
    grants = [
        {"id": "wuhan-2026-h0001", "case": "wh26-0001", "recipients": ["p1"]},
        {"id": "wuhan-2026-h0002", "case": "wh26-0002", "recipients": ["p1"]},
    ]
    tier = {"title": "见义勇为先进个人", "verb": "授予", "grants": grants}
    return decision(**{"tiers": [tier], **changes})


def put(root: Path, folder: str, name: str, tree: Tree | None) -> None:
    path = root / "registry" / folder / name
    path.unlink(missing_ok=True)
    if tree is not None:
        write_yaml(path, {"case": path.stem, **tree} if folder == "cases" else tree)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = write_small_project(
        tmp_path_factory.mktemp("published"), {FIRST: bare("封玉琢"), SECOND: bare("祁向晨")}
    )
    put(made, "decisions", FILE, of_two())
    publish(made)
    return made


@pytest.fixture
def root(published: Path, tmp_path: Path) -> Path:
    """A published decision on two people, to change at will."""
    return shutil.copytree(published, tmp_path, dirs_exist_ok=True)


def events(root: Path) -> list[tuple[str, str]]:
    found = (line.event for line in ledger_of(root).lines)
    return [(event.event, event.id) for event in found if isinstance(event, Event)]


def told(root: Path, code: str) -> str:
    (found,) = (item for item in checked(root) if item.code == code)
    return format_text([found])


def test_a_decision_is_logged_and_its_page_leads_to_its_proof(root: Path) -> None:
    assert events(root) == [
        ("published", ID),
        ("published", "wuhan-2026-h0001"),
        ("published", "wuhan-2026-h0002"),
    ]
    assert codes(root) == []
    bundle = Bundle(proof=RecordProof.parse((root / "site" / PROOF).read_bytes()))
    assert check_bundle(bundle, PROOF).findings == []
    files = {path.relative_to(root / "site").as_posix(): path for path in (root / "site").rglob("*")}
    fetch = {name: path.read_bytes() for name, path in files.items() if path.is_file()}.get
    assert check_site(bundle, "x", fetch).findings == []
    page = (root / "site/decisions" / ID / "index.html").read_text(encoding="utf-8")
    assert 'href="proof"' in page and 'href="../../verify/#proof"' in page


def test_a_decision_that_says_something_else_than_the_log_is_caught(root: Path) -> None:
    def fetch(path: str) -> bytes | None:
        data = (root / "site" / path).read_bytes()
        return data.replace("祁向晨".encode(), "茅知远".encode()) if path.startswith("api/") else data

    bundle = Bundle(proof=RecordProof.parse((root / "site" / PROOF).read_bytes()))
    assert [item.code for item in check_site(bundle, "x", fetch).findings] == ["PUB065"]


def test_an_observer_sees_a_decision(root: Path) -> None:
    def fetch(path: str) -> bytes | None:
        target = root / "site" / (f"{path}index.html" if path.endswith("/") else path)
        return target.read_bytes() if target.is_file() else None

    at = "2026-11-22T12:00:00+08:00"
    key = verifier_of(OTHER_KEY, "news.example/o")
    seen, findings = observe_site("https://yiyong.example/", fetch, [ID], [], at, key)
    assert findings == [] and [item.id for item in seen] == ["", ID]


def test_a_deleted_decision_is_told_with_the_next_free_number(root: Path) -> None:
    put(root, "decisions", FILE, None)
    put(root, "cases", FIRST, None)
    put(root, "cases", SECOND, None)
    assert set(codes(root)) == {"PUB010"}
    assert "wuhan-2026-d0002" in format_text(checked(root))


def test_a_renumbered_decision_is_told(root: Path) -> None:
    put(root, "decisions", FILE, None)
    put(root, "decisions", "wuhan/2026/wuhan-2026-d0004.yml", of_two(id="wuhan-2026-d0004"))
    # The honours name the decision that grants them, so they have changed as well.
    assert "wuhan-2026-d0005" in told(root, "PUB010")


def test_a_decision_put_off_is_told(root: Path) -> None:
    put(root, "decisions", FILE, of_two(published_on="2026-12-01"))
    assert set(codes(root)) == {"PUB010"}


@pytest.mark.parametrize(
    "changes",
    [
        {"number": "武测试〔2026〕9号"},
        {"title": "关于表彰先进的决定"},
        {"opening": "今年以来，我市涌现出一批先进。"},
        {"organs": ["武汉市测试机关（示例）", "武汉市乙机关（示例）"]},
        {"annexes": [{"title": "名单"}]},
        {"batch": "第三批"},
    ],
)
def test_a_change_without_a_correction_is_told_and_with_one_it_is_not(
    root: Path, changes: dict[str, Any]
) -> None:
    put(root, "decisions", FILE, of_two(**changes))
    found = [item for item in checked(root) if item.code == "PUB013"]
    assert f"registry/decisions/{FILE}" in {item.place.path for item in found}
    correction = {"corrected_on": "2026-11-23", "what": "核对后改正"}
    put(root, "decisions", FILE, of_two(**changes, corrections=[correction]))
    # It answers for the honours as well, which say the same of the decision.
    assert codes(root) == []
    # And the correction stays.
    put(root, "decisions", FILE, of_two(corrections=[correction]))
    publish(root, LATER)
    put(root, "decisions", FILE, of_two())
    assert "PUB015" in codes(root)


def test_a_grant_taken_out_in_silence_is_told(root: Path) -> None:
    tree = of_two()
    del tree["tiers"][0]["grants"][1]
    put(root, "decisions", FILE, tree)
    put(root, "cases", SECOND, None)
    assert codes(root) == ["PUB013", "PUB010"]


def test_a_withheld_recipient_leaves_no_trace_in_the_log(root: Path) -> None:
    hidden = {**WITHHOLDING, "decided_on": "2026-11-23", "published_number": "gap"}
    put(root, "cases", SECOND, bare("祁向晨", level="confidential", withholding=hidden))
    assert codes(root) == []
    publish(root, LATER)
    assert codes(root) == []
    assert events(root) == [("published", "wuhan-2026-h0001"), ("amended", ID)]
    proof = json.loads((root / "site" / PROOF).read_bytes())
    assert [item["event"]["event"] for item in proof["events"]] == ["amended"]
    # Byte for byte what a decision for one alone would say, but for its step.
    document = proof["events"][0]["event"]["document"]
    put(root, "cases", SECOND, None)
    tree = of_two()
    del tree["tiers"][0]["grants"][1]
    put(root, "decisions", FILE, tree)
    assert [item for item in codes(root) if item != "PUB010"] == []
    publish(root, LATER)
    last = ledger_of(root).last_states()[ID]
    assert last.state.document == document


def test_a_decision_of_which_nothing_may_be_shown_is_forgotten_and_its_number_spent(root: Path) -> None:
    hidden = {**WITHHOLDING, "decided_on": "2026-11-23", "published_number": "gap"}
    for name, who in ((FIRST, "封玉琢"), (SECOND, "祁向晨")):
        put(root, "cases", name, bare(who, level="confidential", withholding=hidden))
    assert codes(root) == []
    publish(root, LATER)
    assert events(root) == [] and not (root / "site" / PROOF).exists()
    assert codes(root) == []
    for name, who in ((FIRST, "卜云汀"), (SECOND, "茅知远")):
        put(root, "cases", name, None)
        put(root, "cases", name.replace("-000", "-010"), bare(who))
    tree = of_two()
    for number, grant in enumerate(tree["tiers"][0]["grants"], 1):
        grant |= {"id": f"wuhan-2026-h000{number + 4}", "case": f"wh26-010{number}"}
    put(root, "decisions", FILE, tree)
    assert "wuhan-2026-d0002" in told(root, "PUB012")


def test_what_a_decision_said_of_a_revoked_honour_is_forgotten_whenever_it_was_entered(root: Path) -> None:
    """Also where the decision was logged again after the day of the revocation."""
    correction = {"corrected_on": "2026-11-22", "what": "核对后改正"}
    put(root, "decisions", FILE, of_two(corrections=[correction]))
    publish(root)
    assert events(root).count(("amended", ID)) == 1
    tree = bare("祁向晨", revocation=REVOKED)
    put(root, "cases", SECOND, tree)
    assert codes(root) == []
    publish(root, LATER)
    assert codes(root) == []
    assert [item for item in events(root) if item[1] != "wuhan-2026-h0001"] == [
        ("amended", ID),
        ("tombstoned", "wuhan-2026-h0002"),
    ]
    proof = json.loads((root / "site" / PROOF).read_bytes())
    assert len(proof["events"]) == 1 and proof["events"][0]["event"]["step"] == 3


def test_a_decision_all_of_which_is_revoked_becomes_a_tombstone_in_the_log(root: Path) -> None:
    for name, who in ((FIRST, "封玉琢"), (SECOND, "祁向晨")):
        put(root, "cases", name, bare(who, revocation=REVOKED))
    publish(root, LATER)
    assert codes(root) == []
    assert ("tombstoned", ID) in events(root) and ("published", ID) not in events(root)


def test_an_honour_that_is_corrected_amends_its_decision(root: Path) -> None:
    tree = of_two()
    tree["tiers"][0]["grants"][1] |= {
        "title": "见义勇为模范",
        "corrections": [{"corrected_on": "2026-11-23", "what": "称号改正"}],
    }
    put(root, "decisions", FILE, tree)
    assert codes(root) == []
    publish(root, LATER)
    assert ("amended", ID) in events(root) and ("published", ID) in events(root)
    assert codes(root) == []
