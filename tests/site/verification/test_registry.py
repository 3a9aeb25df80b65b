"""From records to published answers: who has one, who has none, and what staff are told about bad codes."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from generator.diagnostics import Diagnostic
from generator.diagnostics.report import format_json, format_text
from generator.pipeline.prepare import check_project
from generator.public.verification.certificate_code import ALPHABET, canonical, check_character, new_code
from generator.public.verification.slow_hash import site_salt
from tests.code_holder import answer
from tests.projects import AS_OF, SITE, WITHHOLDING, case, honour, person, write_small_project
from tests.quick import Quick

SALT = site_salt(SITE["base_url"])


def code(number: int) -> str:
    return new_code(random.Random(number).choice)


def record(number: int, *honours: dict[str, Any], **changes: Any) -> dict[str, Any]:
    given = {
        "case": f"wh26-{number:04}",
        "notice": {"id": f"wuhan-2026-{number:04}"},
        "honours": list(honours) or [coded(number)],
    }
    return case(**(given | changes))


def coded(number: int, **changes: Any) -> dict[str, Any]:
    return honour(**({"id": f"wuhan-2026-h{number:04}", "certificate_code": code(number)} | changes))


REVOCATION = {
    "revoked_on": "2026-11-21",
    "organ": "武汉市测试机关（示例）",
    "ground": "弄虚作假",
    "article": "第二十条",
}
PUBLIC_CASES = {
    "wuhan/2026/a.yml": record(1),
    "wuhan/2026/b.yml": record(2, coded(2, revocation=REVOCATION)),
    "wuhan/2026/c.yml": record(3, coded(3, corrections=[{"corrected_on": "2026-11-21", "what": "更正文号"}])),
    "wuhan/2026/d.yml": record(4, revocation=REVOCATION),
    "wuhan/2026/e.yml": record(5, honour(id="wuhan-2026-h0005")),
}
WITHHELD_CASES = {
    "wuhan/2026/w.yml": record(11, level="confidential", withholding=WITHHOLDING),
    "wuhan/2026/x.yml": record(
        12,
        coded(12, published_on="2026-11-23"),
        notice={"id": "wuhan-2026-0012", "published_at": "2026-11-23T09:00"},
    ),
}


@pytest.fixture(scope="module")
def quick(tmp_path_factory: pytest.TempPathFactory) -> Quick:
    return Quick(tmp_path_factory.mktemp("quick"))


def ask(number: int, site: dict[str, bytes]) -> str | None:
    plain = canonical(code(number))
    assert plain is not None
    return answer(plain, SALT, 1, lambda name: site[f"verify/shards/{name}"])


def test_public_honours_answer_with_their_status(quick: Quick) -> None:
    quick.build(PUBLIC_CASES)
    site = quick.files()
    assert {number: ask(number, site) for number in range(1, 6)} == {
        1: "valid 2026-11-20 wuhan-2026-h0001",
        2: "revoked 2026-11-21 wuhan-2026-h0002",
        3: "corrected 2026-11-21 wuhan-2026-h0003",
        4: "revoked 2026-11-21 wuhan-2026-h0004",
        5: None,
    }


def test_what_is_withheld_or_not_yet_published_changes_no_byte(quick: Quick) -> None:
    quick.build(PUBLIC_CASES)
    without = quick.files()
    quick.build({**PUBLIC_CASES, **WITHHELD_CASES})
    site = quick.files()
    assert [name for name in site.keys() | without.keys() if site.get(name) != without.get(name)] == []
    assert [ask(number, site) for number in (11, 12, 999)] == [None, None, None]


def test_a_registry_whose_only_code_is_confidential_has_the_page_all_the_same(quick: Quick) -> None:
    quick.build({"wuhan/2026/e.yml": PUBLIC_CASES["wuhan/2026/e.yml"]})
    without = quick.files()
    quick.build(
        {
            "wuhan/2026/e.yml": PUBLIC_CASES["wuhan/2026/e.yml"],
            "wuhan/2026/w.yml": WITHHELD_CASES["wuhan/2026/w.yml"],
        }
    )
    assert quick.files() == without
    assert "verify/index.html" in without


def test_a_withheld_member_s_own_certificate_is_unknown(quick: Quick) -> None:
    hidden = person(key="p2", name="祁向晨", disclosure="withheld", withholding=WITHHOLDING)
    both = record(1, coded(1), coded(2, recipients=["p2"]), persons=[person(), hidden])
    quick.build({"wuhan/2026/a.yml": both})
    site = quick.files()
    assert ask(1, site) == "valid 2026-11-20 wuhan-2026-h0001"
    assert ask(2, site) is None


def test_no_code_and_no_slow_hash_is_anywhere_in_the_site(quick: Quick) -> None:
    quick.build(PUBLIC_CASES)
    kept = [path.read_bytes() for path in (quick.root / ".yiyong/certificates").iterdir()]
    assert kept
    for name, data in quick.files().items():
        for number in range(1, 6):
            assert code(number).encode() not in data and code(number).replace("-", "").encode() not in data, (
                name
            )
        for seed in kept:
            assert seed not in data and seed.hex().encode() not in data, name


# --- what staff are told ------------------------------------------------------------------------------


def told(folder: Path, cases: dict[str, Any]) -> list[Diagnostic]:
    root = write_small_project(folder, cases)
    report = check_project(root, AS_OF, AS_OF, 1)
    assert not (root / ".yiyong/certificates").exists(), "checking hashes nothing slowly"
    return [item for item in report.diagnostics if item.code.startswith("CRT")]


def wrong_check() -> str:
    right = code(1)
    return right[:-1] + ALPHABET[(ALPHABET.index(right[-1]) + 1) % 31]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("WH26-6QK3-TD7M", "CRT001"),
        (wrong_check(), "CRT002"),
        ("AAAAAA-AAAAAA-AAAAA" + check_character("A" * 17), "CRT003"),
    ],
)
@pytest.mark.parametrize("level", ["public", "confidential"])
def test_a_bad_code_is_told_by_its_place_alone(
    tmp_path: Path, written: str, expected: str, level: str
) -> None:
    changes = {} if level == "public" else {"level": level, "withholding": WITHHOLDING}
    (found,) = told(tmp_path, {"wuhan/2026/a.yml": record(1, coded(1, certificate_code=written), **changes)})
    assert (found.code, found.severity) == (expected, "error")
    assert found.place.path == "registry/cases/wuhan/2026/a.yml"
    assert found.place.field == "honours[0].certificate_code"
    said = format_text([found]) + format_text([found], lang="en") + format_json([found])
    assert written not in said


def test_a_sound_code_is_not_spoken_of(tmp_path: Path) -> None:
    assert told(tmp_path, {"wuhan/2026/a.yml": record(1), "wuhan/2026/b.yml": record(2)}) == []


@pytest.mark.parametrize("level", ["public", "confidential"])
def test_one_code_on_two_certificates(tmp_path: Path, level: str) -> None:
    changes = {} if level == "public" else {"level": level, "withholding": WITHHOLDING}
    typed_otherwise = code(1).lower().replace("-", " ")
    second = record(2, honour(id="wuhan-2026-h0002"), coded(3, certificate_code=typed_otherwise), **changes)
    (found,) = told(tmp_path, {"wuhan/2026/a.yml": record(1), "wuhan/2026/b.yml": second})
    assert (found.code, found.severity) == ("CRT004", "error")
    assert (found.place.path, found.place.field) == (
        "registry/cases/wuhan/2026/b.yml",
        "honours[1].certificate_code",
    )
    assert [place.path for place in found.related] == ["registry/cases/wuhan/2026/a.yml"]
    said = format_text([found]) + format_text([found], lang="en") + format_json([found])
    assert code(1) not in said and typed_otherwise not in said
