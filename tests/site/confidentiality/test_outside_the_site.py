"""站点之外: messages, logs, crash files, temporary and cache folders give nothing away."""

from __future__ import annotations

import itertools
import json
import logging
import os
import stat
import subprocess
import sys
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from generator.cases.case import Case
from generator.cases.case_clock import case_clock
from generator.cases.case_files import load_case
from generator.checks.record_check import check_case
from generator.cli import check_command
from generator.cli.entry import main
from generator.diagnostics import Diagnostic
from generator.diagnostics.codes import entry
from generator.diagnostics.crash import asked_root
from generator.diagnostics.report import format_github, format_json, format_text
from generator.pipeline.audit_step import AuditFailedError
from generator.pipeline.prepare import ChecksFailedError
from generator.pipeline.private_spool import private_spool
from generator.source.load import LoadResult
from generator.system.cache import open_cache
from tests.leak_reading import leaks
from tests.projects import AS_OF, ROOT, WITHHOLDING, case, honour, person, write_small_project
from tests.quick import Quick
from tests.registries import canaries_in, random_registry
from tests.soaking import examples

MARK = "㊙㊙"


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


# --- folders ------------------------------------------------------------------------------------------


def test_private_folders_are_for_their_owner_only(tmp_path: Path) -> None:
    (tmp_path / ".yiyong").mkdir(mode=0o755)
    with private_spool(tmp_path) as spool:
        assert mode(tmp_path / ".yiyong") == 0o700
        assert mode(spool) == 0o700
    assert list((tmp_path / ".yiyong").glob("spool-*")) == []
    with open_cache(tmp_path / ".yiyong/cache", tmp_path) as cache:
        assert cache is not None
        assert mode(tmp_path / ".yiyong/cache") == 0o700
    readme = (tmp_path / ".yiyong/cache/README.txt").read_text(encoding="utf-8")
    assert "保密" in readme or "不公开" in readme


def test_git_ignores_private_folders(tmp_path: Path) -> None:
    for name in (".yiyong/cache/a", ".yiyong/crash-x.txt", ".site.new-1/index.html", "site/index.html"):
        done = subprocess.run(["git", "check-ignore", "-q", name], cwd=ROOT, check=False)
        assert done.returncode == 0, name


def test_nothing_is_left_behind_by_a_build(tmp_path: Path) -> None:
    quick = Quick(tmp_path)
    quick.build(random_registry(3).cases)
    kept = [path for path in (quick.root / ".yiyong").rglob("*") if path.is_file()]
    assert {path.name for path in kept if "certificates" not in path.parts} == {".spools"}, "a lock, empty"
    for path in kept:
        assert canaries_in(path.read_bytes().decode("utf-8", "ignore")) == []


# --- crashes ------------------------------------------------------------------------------------------


def crash(monkeypatch: pytest.MonkeyPatch, arguments: list[str]) -> None:
    def broken(*_: Any) -> None:
        secret = f"{MARK}13800138000"
        raise ValueError(secret)

    monkeypatch.setattr(check_command, "check_project", broken)
    monkeypatch.setattr(sys, "argv", ["yiyong", *arguments])
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 1
    assert stopped.value.__suppress_context__


@pytest.mark.parametrize("form", ["--root={}", "--root {}"])
def test_a_crash_tells_a_code_and_keeps_the_rest_to_a_private_file(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    root = write_small_project(tmp_path / "p")
    crash(monkeypatch, ["check", *form.format(root).split(" ")])
    out, err = capfd.readouterr()
    assert "BLD006" in out + err and "ValueError" in out + err
    assert MARK not in out + err and "13800138000" not in out + err and "Traceback" not in out + err
    (kept,) = (root / ".yiyong").glob("crash-*.txt")
    assert mode(kept) == 0o600 and mode(kept.parent) == 0o700
    assert MARK in kept.read_text(encoding="utf-8")
    assert str(kept) in out + err


def test_a_crash_outside_any_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    from generator.diagnostics.crash import keep_crash

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    kept = keep_crash(tmp_path, ValueError(f"{MARK}\ud800"))
    assert kept.parent.parent == tmp_path and mode(kept.parent) == 0o700 and mode(kept) == 0o600
    assert asked_root(["check"]) == Path.cwd() and asked_root(["check", "--root"]) == Path.cwd()


def test_a_crash_in_a_worker_is_told_the_same_way(tmp_path: Path) -> None:
    root = write_small_project(tmp_path / "p", {"wuhan/2026/a.yml": case(), "wuhan/2026/b.yml": case()})
    code = (
        "import sys, generator.pipeline.case_scan as case_scan\nfrom generator.cli.entry import main\n"
        "def broken(*a, **k): raise ValueError('SECRET-WORDS')\n"
        "case_scan.check_case = broken\n"
        f"sys.argv = ['yiyong', 'check', '--jobs', '2', '--root', {str(root)!r}]\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert (done.stdout + done.stderr).count("REG028") == 2
    assert "SECRET-WORDS" not in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


# --- fuzz ---------------------------------------------------------------------------------------------

LONG = "".join(map(chr, range(0x4E00, 0x4E00 + 17_000))) * 2
"""Longer than a cell of a spreadsheet. One character as often takes the audit's automaton minutes to learn, and half an
hour if it stands a hundred thousand times."""
ANY_TEXT = st.one_of(
    st.text(st.characters(), max_size=40),
    st.text(st.characters(categories=["Cs", "Cc", "Cf", "Co", "Cn", "Zl", "Zp"]), min_size=1, max_size=8),
    st.sampled_from(
        [
            "\u202e反过来\u202c",
            "\u2066隔离\u2069",
            "\ud800",
            "\udfff\ud800",
            "\x00",
            "﻿bom",
            "".join(map(str, range(2_000))),
            LONG,
            "<script>alert(1)</script>",
            "]]>",
            "{{ 7*7 }}{% raw %}",
            "=HYPERLINK(1)",
            "../../etc/passwd",
            "2024-02-30",
            "1e400",
            "null",
            "~",
            "",
            " ",
        ]
    ),
)
ANY_VALUE = st.one_of(
    ANY_TEXT,
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats(allow_nan=False, allow_infinity=False)
        | ANY_TEXT,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY_TEXT, inner, max_size=3),
        max_leaves=5,
    ),
)


def leaves(tree: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Paths of everything in a tree, inner nodes too."""
    found = [path] if path else []
    if isinstance(tree, dict):
        for key, value in tree.items():
            found += leaves(value, (*path, key))
    elif isinstance(tree, list):
        for number, value in enumerate(tree):
            found += leaves(value, (*path, number))
    return found


def with_value(tree: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    if isinstance(tree, dict):
        return {
            key: with_value(inner, path[1:], value) if key == path[0] else inner
            for key, inner in tree.items()
        }
    return [with_value(inner, path[1:], value) if n == path[0] else inner for n, inner in enumerate(tree)]


def reports(diagnostics: tuple[Diagnostic, ...]) -> str:
    forms = (format_text, format_json, format_github)
    return "\n".join(form(diagnostics, lang=lang) for form in forms for lang in ("zh", "en"))


@pytest.fixture(scope="module")
def quick(tmp_path_factory: pytest.TempPathFactory) -> Quick:
    return Quick(tmp_path_factory.mktemp("quick"))


@settings(max_examples=examples(12), suppress_health_check=list(HealthCheck))
@given(data=st.data(), seed=st.integers(1, 400), value=ANY_VALUE, escaped=st.booleans())
def test_any_value_in_any_field_gives_a_site_or_a_coded_message(
    data: st.DataObject, seed: int, value: Any, escaped: bool, quick: Quick
) -> None:
    registry = random_registry(seed, most_cases=2)
    name = data.draw(st.sampled_from(sorted(registry.cases)))
    path = data.draw(st.sampled_from(leaves(registry.cases[name])))
    tree = with_value(registry.cases[name], path, value)
    # JSON is YAML; unescaped, surrogates become bytes that are no UTF-8.
    text = json.dumps(tree, ensure_ascii=escaped)
    cases = {**registry.cases, name: text.encode("utf-8", "surrogatepass")}
    try:
        quick.build(cases)
    except (ChecksFailedError, AuditFailedError) as failed:
        told = reports(failed.diagnostics)
        assert all(item.code for item in failed.diagnostics)
    else:
        told = ""
        private = path[0] == "private" or any(part in ("private", "withholding", "note") for part in path)
        if not isinstance(value, str) or private:
            assert leaks(quick.files(), registry.numbers) == []
    # The line of a public record may be shown to staff, and its internal number with it.
    for shown in (str(value), *(str(record["case"]) for record in registry.cases.values())):
        told = told.replace(shown, "")
    assert canaries_in(told) == []
    for number in registry.numbers:
        assert number not in told


HOSTILE = (
    "\u202e反过来\u202c",
    "\ud800",
    "\x00",
    "\ufeff\u200b",
    "长" * 34_000,
    "<script>alert(1)</script>]]>{{ 7*7 }}",
    "2024-02-30",
    "",
    None,
    [["x"]],
    {"more": "x"},
)
WITHHELD = {**WITHHOLDING, "ends_on": "2026-11-01", "note": "x", "published_number": "gap"}
REVOCATION = {"revoked_on": "2026-11-21", "organ": "x", "ground": "x", "article": "x"}
CORRECTION = {
    "corrected_on": "2026-11-19",
    "what": "x",
    "was": "x",
    "now": "x",
    "moved_closes_on": "2026-11-26",
}
FULL = case(
    persons=[
        person(
            name_as_published="封某",
            adult="true",
            ethnicity="汉族",
            native_place="湖北黄陂",
            political_status="中共党员",
            unit="长江航运公司",
            post="船员",
            residence="武汉市",
            deceased="later",
            injured="擦伤",
            injury_consent={"given_on": "2026-11-01", "given_by": "person"},
            portrait={
                "file": "one.jpg",
                "description": "江边的剪影",
                "consent": {"given_on": "2026-11-01", "given_by": "person"},
            },
            guardian_consent={"given_on": "2026-01-01", "given_by": "封青山"},
            age_at_act="41",
            withholding=WITHHELD,
            private={
                "id_number": "1",
                "phone": "1",
                "email": "x",
                "bank_card": "1",
                "home_address": "x",
                "born_on": "1985-04-01",
                "school": "x",
                "class_name": "x",
                "kin": ["x"],
                "note": "x",
                "never_publish": ["x"],
            },
        )
    ],
    withholding=WITHHELD,
    act={
        "at": "17时许",
        "place": "江堤",
        "limb": "第七条",
        "loss_averted": "无",
        "persons": ["p1"],
        "case": "wh26-0002",
    },
    further_acts=[
        {
            "happened_on": "2026-09-13",
            "at": "8时许",
            "kind": "stop_crime",
            "place": "菜场",
            "district": "武昌区",
            "summary": "夺下一把刀",
            "narrative": "封某夺下一把刀。",
            "verification": "经走访目击者核实。",
            "limb": "第七条",
            "loss_averted": "无",
            "persons": ["p1"],
            "case": "wh26-0003",
        }
    ],
    group={"name": "湖边救援小组", "kind": "people", "head_count": "1"},
    procedure={
        "applied_by": "kin",
        "complicated": "false",
        "conclusion_on": "2026-09-21",
        "materials_complete_on": "2026-09-22",
        "decision_notified_on": "2026-11-20",
        "review_requested_on": "2026-11-20",
        "review_decided_on": "2026-11-21",
        "hukou_applied_on": "2026-11-21",
        "excluded_days": "0",
    },
    notice={
        "title": "公示",
        "number": "武公示〔2026〕1号",
        "proposal": "拟确认",
        "signatories": ["测试机关"],
        "signed_on": "2026-11-17",
        "basis": "测试办法（示例）",
        "opening": "现予公示。",
        "desk": {
            "name": "测试处",
            "contact": "测试科",
            "channels": {
                "in_person": {"address": "武汉市示例路1号", "hours": "9:00-17:00"},
                "telephone": ["027-00000000"],
                "fax": ["027-00000000"],
                "email": "objection@yiyong.example",
                "web_form": "https://www.example/form",
                "post": {
                    "address": "武汉市示例路1号",
                    "recipient": "测试处",
                    "postcode": "430000",
                    "counts_by": "received",
                },
            },
            "requirements": ["写明理由"],
        },
        "replaces": "wuhan-2026-0002",
        "period": {
            "length": "8",
            "unit": "calendar_day",
            "first_day_counts": "true",
            "roll_over": "true",
            "close_of_business": "17:00",
        },
        "postings": [{"kind": "media", "place": "长江日报", "posted_on": "2026-11-18"}],
        "corrections": [CORRECTION],
    },
    objections=[
        {
            "received_on": "2026-11-19",
            "resolved_on": "2026-11-20",
            "result": "dismissed",
            "public_reason": "x",
            "objector": {"name": "x", "phone": "x", "address": "x", "joined_by": ["x"]},
            "note": "x",
        }
    ],
    outcome={
        "kind": "confirmed",
        "decided_on": "2026-11-20",
        "not_confirmed": ["p1"],
        "no_objections": "false",
        "number": "x",
        "organ": "x",
        "public_reason": "x",
        "certificate_on": "2026-11-21",
    },
    revocation=REVOCATION,
    honours=[
        honour(
            grantor_role="city_government",
            merit_grade="major",
            number="x",
            batch="x",
            merit="x",
            bonus_cny="1",
            bonus_for="each",
            to_group="false",
            source="https://news.example/1",
            certificate_code="x",
            corrections=[{**CORRECTION, "corrected_on": "2026-11-21"}],
            revocation=REVOCATION,
        )
    ],
    private={
        "handler": "x",
        "note": "x",
        "never_publish": ["x"],
        "reviewed": ["x"],
        "other_than": ["wh26-0004"],
        "ambiguous": ["a.html: x"],
    },
)
"""A record with every field there is."""


def fields_of(model: type[BaseModel], path: str = "") -> Iterator[str]:
    for name, info in model.model_fields.items():
        here = f"{path}.{name}" if path else name
        yield here
        inner = [info.annotation]
        while inner:
            part = inner.pop()
            if isinstance(part, type) and issubclass(part, BaseModel):
                yield from fields_of(part, here)
            inner += typing.get_args(part)


def test_the_full_record_has_every_field() -> None:
    named = {".".join(part for part in path if isinstance(part, str)) for path in leaves(FULL)}
    assert set(fields_of(Case)) <= named


def named(path: tuple[Any, ...]) -> str:
    """A path as a message writes it."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix(".")


def test_every_field_takes_anything(quick: Quick) -> None:
    """Each field, each hostile value: a message with a code at that field, and none of the value in it; or a record
    that the checks take.

    All fields of one depth, of which none lies within another, have the value at once; those of which no message
    speaks then have it one by one.
    """
    path = quick.root / "registry/cases/wuhan/2026/a.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    masked = {**FULL, "level": "masked"}
    told = checked = 0

    def loaded_with(fields: list[tuple[Any, ...]], value: Any) -> LoadResult[Case]:
        tree = masked
        for field in fields:
            tree = with_value(tree, field, value)
        path.write_bytes(json.dumps(tree, ensure_ascii=False).encode("utf-8", "surrogatepass"))
        loaded = load_case(path, quick.root)
        if loaded.value is None:
            assert loaded.diagnostics, fields
            texts = reports(loaded.diagnostics) if value == HOSTILE[0] else repr(loaded.diagnostics)
            assert "反过来" not in texts and "长长" not in texts, fields
        return loaded

    for _, depth in itertools.groupby(sorted(leaves(masked), key=len), key=len):
        fields = list(depth)
        for value in HOSTILE:
            of_all = loaded_with(fields, value)
            at = {item.place.field for item in of_all.diagnostics if item.place}
            # A file that cannot be read has no fields, whichever of them holds the reason.
            speaks = [field for field in fields if named(field) in at or at == {None}]
            told += len(speaks)
            for field in fields:
                if field in speaks:
                    continue
                loaded = loaded_with([field], value)
                if loaded.value is None:
                    told += 1
                    continue
                clock = case_clock(loaded.value, quick.settings, AS_OF.date())
                problems = list(check_case(loaded.value, clock, "wuhan", quick.settings, AS_OF.date()))
                assert all(entry(item.code) for item in problems), field
                checked += 1
    assert told > 1_000 and checked > 150


PRIVATE_FIELDS = (
    ("private", "note"),
    ("private", "handler"),
    ("persons", 0, "private", "id_number"),
    ("persons", 0, "private", "born_on"),
    ("persons", 0, "private", "kin"),
    ("objections", 0, "objector", "name"),
    ("objections", 0, "note"),
    ("honours", 0, "certificate_code"),
)
WRONG = (
    {"more": MARK},
    [[MARK]],
    f"{MARK}\u202e",
    f"{MARK}\n{MARK}",
    f" {MARK}\x07",
    None,
)


@pytest.mark.parametrize("wrong", WRONG, ids=range(len(WRONG)))
@pytest.mark.parametrize("path", PRIVATE_FIELDS, ids=lambda path: ".".join(map(str, path)))
def test_a_mistake_in_a_private_field_of_a_public_record_is_told_without_it(
    path: tuple[Any, ...], wrong: Any, quick: Quick
) -> None:
    tree = case(
        persons=[person(private={"id_number": "1", "born_on": "1985-04-01", "kin": ["x"]})],
        private={"note": "x", "handler": "x"},
        objections=[
            {
                "received_on": "2026-11-20",
                "objector": {"name": "x", "phone": "x", "address": "x", "joined_by": ["x"]},
                "note": "x",
            }
        ],
        honours=[],
    )
    tree["honours"] = [{"id": "wuhan-2026-h0001", "certificate_code": "x"}]
    with (
        pytest.raises(ChecksFailedError) as failed,
        quick.prepared({"wuhan/2026/a.yml": json.dumps(with_value(tree, path, wrong)).encode()}),
    ):
        pass
    told = reports(failed.value.diagnostics)
    assert MARK not in told


def test_the_log_of_a_build_says_nothing(quick: Quick, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        quick.build(random_registry(11).cases)
    assert canaries_in(caplog.text) == []
