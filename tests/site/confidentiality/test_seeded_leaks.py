"""变异测试 of the whole way: a template, a public field or a built file is changed so that it leaks.

Hundreds of leaks are put in, one at a time, and the audit must stop every one. Each is first shown
to be a leak: the words stand in what was built.
"""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import random
import re
import shutil
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import openpyxl
import pytest
from slugify import slugify

from generator.audit import Auditor, Secrets, audit_site
from generator.disclosure.disclose import disclose
from generator.pages import templating as environment
from generator.pages.spare_markup import without_spare_markup
from generator.pipeline.audit_step import AuditFailedError, secrets_of, without_own_words
from generator.public.public_case import PublicAct, PublicCase, PublicHonour, PublicNotice, PublicPerson
from tests.journeys import SOME_AND_REST, share
from tests.leak_reading import everything, leaks
from tests.log_projects import publish
from tests.projects import WITHHOLDING, case, decision, honour, person
from tests.quick import Quick, write_cases, write_decisions

SECRETS = {
    "withheld name": "祁向晨",
    "masked name": "殷若水",
    "identity number": "990000198503124019",
    "phone": "15700001234",
    "card": "6222020000012345678",
    "home": "芦荻湾路88号3栋601室",
    "school": "芦荻湾第二小学",
    "kin": "祁望山",
    "note": "本人正在处理家庭纠纷不愿被人知道行踪",
    "handler": "汤逸群",
    "objector": "冉秋白",
    "confidential name": "阮青禾",
    "confidential narrative": "阮青禾在码头拦下持械逃跑的嫌疑人并夺下凶器",
    "case number": "wh26-7731",
    "certificate": "7QK39T-D7M2HV-8QW5NU",
}

WRITTEN: tuple[Callable[[str], str], ...] = (
    str,
    str,
    lambda text: " ".join(text),
    lambda text: "\u200b".join(text),
    lambda text: "".join(f"&#{ord(character)};" for character in text),
    lambda text: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text),
)


def registry() -> dict[str, Any]:
    """A registry of which every list, state and kind of page is built."""
    private = {
        "id_number": SECRETS["identity number"],
        "phone": SECRETS["phone"],
        "bank_card": SECRETS["card"],
        "home_address": SECRETS["home"],
        "school": SECRETS["school"],
        "kin": [SECRETS["kin"]],
        "note": SECRETS["note"],
    }
    first = case(
        case=SECRETS["case number"],
        persons=[
            person(
                unit="长江航运公司",
                post="船员",
                residence="武汉市汉阳区",
                injured="擦伤",
                ethnicity="汉族",
                native_place="湖北黄陂",
                political_status="中共党员",
            ),
            person(key="p2", name=SECRETS["withheld name"], disclosure="withheld", withholding=WITHHOLDING),
            person(
                key="p3",
                name=SECRETS["masked name"],
                disclosure="masked",
                withholding=WITHHOLDING,
                private=private,
                age_at_act="41",
            ),
        ],
        group={"name": "湖边救援小组"},
        objections=[{"received_on": "2026-11-19", "objector": {"name": SECRETS["objector"]}}],
        honours=[
            honour(
                certificate_code=SECRETS["certificate"],
                batch="第十五届",
                number="武政〔2026〕1号",
                merit="个人二等功",
                bonus_cny="10000",
            )
        ],
        private={"handler": SECRETS["handler"]},
        notice={
            "number": "武公示〔2026〕1号",
            "corrections": [{"corrected_on": "2026-11-19", "what": "更正时间", "was": "八月", "now": "九月"}],
            "postings": [{"kind": "media", "place": "长江日报", "posted_on": "2026-11-18"}],
        },
    )
    confidential = case(
        case="wh26-7732",
        level="confidential",
        withholding=WITHHOLDING,
        persons=[person(name=SECRETS["confidential name"])],
        act={"narrative": SECRETS["confidential narrative"]},
        notice={"id": "wuhan-2026-0009"},
    )
    closed = case(
        case="wh25-0003",
        notice={
            "id": "wuhan-2025-0003",
            "published_at": "2025-11-18T09:00",
            "period": {"opens_on": "2025-11-18", "closes_on": "2025-11-26"},
        },
        act={"happened_on": "2025-08-01"},
        procedure={"applied_on": "2025-09-01", "accepted_on": None, "opinion_on": None, "proposed_on": None},
        outcome={"kind": "not_confirmed", "decided_on": "2025-12-01", "public_reason": "证据不足"},
    )
    old = case(
        case="wh24-0004",
        notice=None,
        act={"happened_on": "2024-01-05"},
        procedure=None,
        persons=[person(name="石铁山")],
        honours=[
            honour(
                id="wuhan-2024-h0004",
                published_on="2024-05-01",
                decided_on="2024-04-30",
                revocation={"revoked_on": "2024-06-01", "organ": "测试机关", "ground": "重复授予"},
            )
        ],
    )
    flipped = case(
        case="wh26-0005",
        level="confidential",
        withholding={**WITHHOLDING, "published_number": "tombstone"},
        persons=[person(name=SECRETS["confidential name"])],
        notice={"id": "wuhan-2026-0008"},
    )
    trees = (first, confidential, closed, old, flipped)
    return {f"wuhan/2026/{tree['case']}.yml": tree for tree in trees}


def decisions() -> dict[str, Any]:
    """A decision that grants something to somebody public, to a group and to somebody of a confidential case."""
    tiers = [
        {
            "title": "见义勇为英雄",
            "verb": "授予",
            "bonus_cny": "50000",
            "bonus_for": "each",
            "grants": [
                {
                    "id": "wuhan-2026-h0021",
                    "case": SECRETS["case number"],
                    "recipients": ["p1", "p2"],
                    "merit": "个人一等功",
                    "bonus_cny": "60000",
                    "bonus_for": "each",
                    "verb": "表彰",
                    "corrections": [
                        {"corrected_on": "2026-11-21", "what": "更正记功", "was": "二等", "now": "一等"}
                    ],
                },
                {"id": "wuhan-2026-h0022", "case": "wh26-7732", "recipients": ["p1"]},
                {
                    "id": "wuhan-2026-h0023",
                    "case": "wh24-0004",
                    "recipients": ["p1"],
                    "revocation": {"revoked_on": "2026-11-21", "organ": "测试机关", "ground": "重复授予"},
                },
            ],
        },
        {
            "title": "见义勇为先进群体",
            "verb": "授予",
            "grants": [{"id": "wuhan-2026-h0024", "case": SECRETS["case number"]}],
        },
    ]
    tree = decision(
        index_number="000014349/2026-00031",
        openness="主动公开",
        opening="今年以来，我市涌现出一批见义勇为人员。\n\n经研究，决定：",
        batch="第十五届",
        tiers=tiers,
        annexes=[
            {"title": "先进名单"},
            {"title": "事迹材料", "source": "https://www.example.gov.cn/2026/32.html"},
        ],
        source="https://www.example.gov.cn/2026/31.html",
    )
    return {"wuhan/2026/wuhan-2026-d0001.yml": tree}


ENGLISH = {"name": "Test registry", "tagline": "Test site", "owner": "Test desk"}
"""These sites have their English pages: those may leak like any other."""


@pytest.fixture(scope="module")
def quick(tmp_path_factory: pytest.TempPathFactory) -> Quick:
    return Quick(tmp_path_factory.mktemp("quick"), english=ENGLISH)


@pytest.fixture(scope="module")
def logged(tmp_path_factory: pytest.TempPathFactory) -> Quick:
    """The same project with its records in the log of publications, which pages and proofs tell."""
    project = Quick(tmp_path_factory.mktemp("logged"), english=ENGLISH)
    write_cases(project.root, registry())
    write_decisions(project.root, decisions())
    publish(project.root)
    return project


@pytest.fixture(scope="module")
def logged_clean(logged: Quick) -> dict[str, bytes]:
    """The site of the log as it is, with no secret in it."""
    logged.build(registry(), decisions=decisions())
    files = logged.files()
    assert leaks(files, list(SECRETS.values())) == []
    return files


@pytest.fixture(scope="module")
def clean(quick: Quick) -> dict[str, bytes]:
    """The site as it is: the audit finds nothing, and no secret stands in it."""
    quick.build(registry(), decisions=decisions())
    files = quick.files()
    assert leaks(files, list(SECRETS.values())) == []
    return files


def stops(quick: Quick, words: str) -> bool:
    """Whether the audit stops a build that leaks; fails when the change leaked nothing."""
    try:
        quick.build(registry(), decisions=decisions())
    except AuditFailedError:
        return True
    assert words in everything(quick.files()), "nothing was leaked: the mutation is no test"
    return False


# --- templates ----------------------------------------------------------------------------------------

_AFTER = re.compile(r"\}\}")
_MARK = re.compile(r"zqx(\d{5})zqx")
TEMPLATES = environment._TEMPLATES


@pytest.fixture
def templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[dict[str, str]], None]]:
    """Put changed templates in the place of the real ones."""
    folder = tmp_path / "templates"
    shutil.copytree(TEMPLATES, folder)
    monkeypatch.setattr(environment, "_TEMPLATES", folder)

    def use(changed: dict[str, str]) -> None:
        for name, text in changed.items():
            (folder / name).write_text(text, encoding="utf-8")
        environment._environment.cache_clear()

    yield use
    environment._environment.cache_clear()


SPOTS = [
    (path.name, found.end())
    for path in sorted(TEMPLATES.glob("*.html"))
    for found in _AFTER.finditer(path.read_text(encoding="utf-8"))
]
"""Every place in every template right after something printed: (name, offset)."""


def with_words(spot: tuple[str, int], words: str) -> dict[str, str]:
    name, place = spot
    text = (TEMPLATES / name).read_text(encoding="utf-8")
    return {name: text[:place] + words + text[place:]}


@dataclasses.dataclass(frozen=True)
class Marked:
    """A site built once, in which every way to leak has left its own mark: one build for hundreds of leaks."""

    files: dict[str, str]
    """Text of every file that has a mark."""

    def where(self) -> dict[tuple[int, str], str]:
        """(number of the mark, ending of the file) → the first such file it stands in."""
        found: dict[tuple[int, str], str] = {}
        for name, text in self.files.items():
            for mark in _MARK.finditer(text):
                found.setdefault((int(mark[1]), name.rpartition(".")[2]), name)
        return dict(sorted(found.items()))

    def with_one(self, name: str, number: int, words: str) -> bytes:
        """The file as that one leak makes it: every other mark gone."""
        return _MARK.sub(lambda found: words if int(found[1]) == number else "", self.files[name]).encode()


def mark_of(number: int) -> str:
    return f"zqx{number:05}zqx"


def marked_files(quick: Quick) -> Marked:
    quick.build(registry(), decisions=decisions(), audit=False)
    texts = {
        name: data.decode("utf-8")
        for name, data in quick.files().items()
        if name.endswith((".html", ".xml", ".atom", ".json", ".jsonld", ".svg", ".csv", ".ics", ".txt"))
    }
    return Marked({name: text for name, text in texts.items() if _MARK.search(text)})


@pytest.fixture(scope="module")
def marked(logged: Quick, logged_clean: dict[str, bytes]) -> Marked:
    folder = logged.root.parent / "marked"
    shutil.copytree(TEMPLATES, folder)
    for path in folder.glob("*.html"):
        text = path.read_text(encoding="utf-8")
        for number, (name, place) in reversed(list(enumerate(SPOTS))):
            if name == path.name:
                text = text[:place] + mark_of(number) + text[place:]
        path.write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(environment, "_TEMPLATES", folder)
        environment._environment.cache_clear()
        made = marked_files(logged)
        environment._environment.cache_clear()
    return made


def test_marks_change_nothing_else(marked: Marked, logged_clean: dict[str, bytes]) -> None:
    """What a template prints more stands in the site as it is, and where it is printed."""
    for name, text in marked.files.items():
        # A cell of the comparison is stripped, which a mark at its end prevents.
        assert _compared(name, _MARK.sub("", text)) == _compared(name, logged_clean[name].decode()), name


def _compared(name: str, text: str) -> str:
    if name.startswith("en/"):
        # An address with a mark in it is none that English pages have a page for: their way to it is another.
        text = re.sub(r'href="[^":#]*', 'href="', text)
    # Between a tag and a mark no end of an element is spare.
    return re.sub(r"\s|\\n|\.{1,2}/", "", without_spare_markup(text))


@pytest.mark.parametrize("rest", SOME_AND_REST)
def test_every_template_that_leaks_is_caught(
    marked: Marked, logged_clean: dict[str, bytes], known: Secrets, rest: bool
) -> None:
    """Every spot of every template that reaches the site, one leak each."""
    rng = random.Random(3)
    auditor = Auditor(known)
    for name in marked.files:
        assert auditor.audit_bytes(name, logged_clean[name]) == ()
    leaks_tried = marked.where()
    for (number, _), name in share(list(leaks_tried.items()), rest=rest, every=3):
        kind = rng.choice(list(SECRETS))
        leaking = marked.with_one(name, number, f" {rng.choice(WRITTEN)(SECRETS[kind])} ")
        assert auditor.audit_bytes(name, leaking), f"{kind} in {SPOTS[number]} was not caught"
    assert len(leaks_tried) >= 300
    silent = {path.name for path in TEMPLATES.glob("*.html")} - {
        SPOTS[number][0] for number, _ in leaks_tried
    }
    assert silent == SILENT


SILENT = {
    "empty_list.html",
    "search_page.html",
    "open_notices.html",
    "outbox_mail.html",
    "outbox_wechat.html",
}
"""No list of these sites has lost its records, they are built without their search and without pages that people write, and
texts for sending stand in no site: they are audited by themselves."""


@pytest.mark.parametrize("rest", SOME_AND_REST)
def test_a_build_with_a_leaking_template_is_stopped(
    logged: Quick, marked: Marked, templates: Callable[[dict[str, str]], None], rest: bool
) -> None:
    """The same from end to end, for some."""
    rng = random.Random(5)
    for number, _ in share(rng.sample(sorted(marked.where()), 4), rest=rest):
        name, kind = SPOTS[number][0], rng.choice(list(SECRETS))
        templates(with_words(SPOTS[number], f" {SECRETS[kind]} "))
        assert stops(logged, SECRETS[kind]), f"{kind} in {SPOTS[number]} was not caught"
        templates({name: (TEMPLATES / name).read_text(encoding="utf-8")})


# --- public fields ------------------------------------------------------------------------------------

PERSON_FIELDS = ("name", "ethnicity", "unit", "post", "residence", "injured")
ACT_FIELDS = ("at", "place", "district", "summary", "limb", "loss_averted", "narrative", "verification")
NOTICE_FIELDS = ("title", "number", "outcome_reason", "outcome_organ", "signatories")
HONOUR_FIELDS = ("title", "grantor", "number", "batch", "merit")
FIELDS = (
    *(("notice.person", name) for name in PERSON_FIELDS),
    *(("notice.act", name) for name in ACT_FIELDS),
    *(("notice", name) for name in NOTICE_FIELDS),
    ("notice.history", "text"),
    ("notice.corrections", "what"),
    ("notice.corrections", "now"),
    ("notice.postings", "place"),
    ("notice.group", "name"),
    *(("honour", name) for name in HONOUR_FIELDS),
    *(("honour.person", name) for name in ("name", "unit")),
    *(("honour.act", name) for name in ("summary", "narrative", "place", "district")),
)


def put(thing: Any, name: str, words: str) -> Any:
    """``thing`` with the words in one field, beside what stands there."""
    before = getattr(thing, name)
    after = (*before, words) if isinstance(before, tuple) else f"{before} {words}" if before else words
    return dataclasses.replace(thing, **{name: after})


Leaks = tuple[tuple[tuple[str, str], str], ...]
"""((where, name), words) for each public field that takes words along."""


def leaking(leaks: Leaks) -> Callable[..., PublicCase | None]:
    """``disclose`` with a mistake: public fields take private words along."""

    def wrong(*given: Any) -> PublicCase | None:
        public = disclose(*given)
        if public is None:
            return None
        for (where, name), words in leaks:
            top, _, part = where.partition(".")
            if top == "notice" and public.notice is not None:
                changed = _in_part(public.notice, part, name, words)
                public = dataclasses.replace(public, notice=changed)
            elif top == "honour":
                honours = tuple(_in_part(item, part, name, words) for item in public.honours)
                public = dataclasses.replace(public, honours=honours)
        return public

    return wrong


def _in_part(whole: PublicNotice | PublicHonour, part: str, name: str, words: str) -> Any:
    if not part:
        return put(whole, name, words)
    key = {"person": "persons" if isinstance(whole, PublicNotice) else "recipients"}.get(part, part)
    inner = getattr(whole, key)
    if isinstance(inner, tuple):
        changed: Any = tuple(put(item, name, words) for item in inner)
    else:
        changed = put(inner, name, words) if inner is not None else None
    return dataclasses.replace(whole, **{key: changed})


def test_every_public_field_that_leaks_is_caught(
    quick: Quick, clean: dict[str, bytes], known: Secrets, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every field in every kind of file that shows it: pages, feeds, calendars, tables, the API."""
    marks = tuple((field, mark_of(number)) for number, field in enumerate(FIELDS))
    monkeypatch.setattr("generator.pipeline.case_scan.disclose", leaking(marks))
    shown = marked_files(quick)
    rng = random.Random(2)
    auditor = Auditor(known)
    for name in shown.files:
        assert auditor.audit_bytes(name, shown.with_one(name, -1, "")) == (), name
    leaks_tried = shown.where()
    for (number, ending), name in leaks_tried.items():
        kind = rng.choice(list(SECRETS))
        leaked = shown.with_one(name, number, f" {SECRETS[kind]} ")
        assert auditor.audit_bytes(name, leaked), f"{kind} in {FIELDS[number]} as {ending} was not caught"
    assert {number for number, _ in leaks_tried} == set(range(len(FIELDS)))
    assert {ending for _, ending in leaks_tried} >= {"html", "json", "csv", "atom", "ics"}
    assert len(leaks_tried) >= 80


def test_a_build_with_a_public_field_that_leaks_is_stopped(
    quick: Quick, clean: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same from end to end, for some."""
    rng = random.Random(1)
    for field in rng.sample(FIELDS, 2):
        kind = rng.choice(list(SECRETS))
        monkeypatch.setattr("generator.pipeline.case_scan.disclose", leaking(((field, SECRETS[kind]),)))
        assert stops(quick, SECRETS[kind]), f"{kind} in {field} was not caught"


def test_the_public_types_have_the_fields_that_are_tried() -> None:
    for kind, names in (
        (PublicPerson, PERSON_FIELDS),
        (PublicAct, ACT_FIELDS),
        (PublicNotice, NOTICE_FIELDS),
        (PublicHonour, HONOUR_FIELDS),
    ):
        assert set(names) <= {field.name for field in dataclasses.fields(kind)}


# --- built files --------------------------------------------------------------------------------------


def leak_into(name: str, data: bytes, words: str, rng: random.Random) -> bytes:
    """One built file with the words in it, still a file of its kind."""
    ending = name.rpartition(".")[2]
    if ending in ("html", "svg", "atom", "xml"):
        text = data.decode("utf-8")
        places = [
            found.end() for found in re.finditer(r"<(?:p|h1|li|td|text|title|id|name|loc)\b[^<>/]*>", text)
        ]
        place = rng.choice(places)
        return (text[:place] + words + text[place:]).encode()
    if ending in ("json", "jsonld", "webmanifest") or name.endswith("/proof"):
        tree = json.loads(data)
        _into_json(tree, words)
        return json.dumps(tree, ensure_ascii=rng.random() < 0.5).encode()
    if ending == "jsonl":
        return data + json.dumps({"name": words}).encode() + b"\n"
    if ending == "csv":
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
        rows[-1][rng.randrange(len(rows[-1]))] += words
        out = io.StringIO()
        csv.writer(out).writerows(rows)
        return out.getvalue().encode("utf-8-sig")
    if ending == "ics":
        return data.replace(b"END:VCALENDAR", f"COMMENT:{words}\r\nEND:VCALENDAR".encode())
    if ending == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(data))
        assert book.active is not None
        book.active.append([words])
        out_bytes = io.BytesIO()
        book.save(out_bytes)
        return out_bytes.getvalue()
    if ending == "docx":
        return _into_archive(data, "word/document.xml", words)
    if ending == "sqlite":
        return _into_database(data, words)
    if ending in ("txt", "md", "bib", "ris"):
        return data + f"\n{words}\n".encode()
    raise AssertionError(f"no way to leak into {name}: add one")


def _into_json(tree: Any, words: str) -> None:
    while isinstance(tree, (dict, list)) and tree:
        inner = next(
            (
                v
                for v in (tree.values() if isinstance(tree, dict) else tree)
                if isinstance(v, (dict, list)) and v
            ),
            None,
        )
        if inner is None:
            break
        tree = inner
    if isinstance(tree, dict):
        tree["extra"] = words
    else:
        tree.append(words)


def _into_archive(data: bytes, member: str, words: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == member:
                content = content.replace(b"</w:t>", f"{words}</w:t>".encode(), 1)
            new.writestr(name, content)
    return out.getvalue()


def _into_database(data: bytes, words: str) -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(data)
    connection.execute("create table extra (words text)")
    connection.execute("insert into extra values (?)", (words,))
    connection.commit()
    return bytes(connection.serialize())


@pytest.fixture(scope="module")
def known(quick: Quick) -> Secrets:
    with quick.prepared(registry(), decisions()) as ready:
        quick.finish(ready, audit=False)
        return without_own_words(secrets_of(ready, quick.out), ready, quick.out)


def test_a_built_file_that_leaks_is_caught(
    clean: dict[str, bytes], logged_clean: dict[str, bytes], known: Secrets, tmp_path: Path
) -> None:
    """Pages, feeds, calendars, charts, tables, the database: every file of the site, and every proof."""
    rng = random.Random(7)
    proofs = {name: data for name, data in logged_clean.items() if name.endswith("/proof")}
    assert len(proofs) >= 6
    auditor = Auditor(known)
    leaking = {}
    for name, data in sorted({**clean, **proofs}.items()):
        kind = rng.choice(list(SECRETS))
        # Beside other figures a number would be a part of another number.
        changed = leak_into(name, data, f" {SECRETS[kind]} ", rng)
        assert SECRETS[kind] in everything({name: changed}), name
        assert auditor.audit_bytes(name, data) == (), f"{name} is not clean by itself"
        assert auditor.audit_bytes(name, changed), f"{kind} in {name} was not caught"
        leaking[name] = kind
        target = tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(changed)
    # The audit of a whole site reads once what many files share, and tells of each all the same.
    told = {finding.path for finding in audit_site(tmp_path, known).findings}
    assert {name: kind for name, kind in leaking.items() if name not in told} == {}
    assert len(clean) >= 100
    endings = {name.rpartition(".")[2] for name in clean}
    assert endings >= {"html", "json", "jsonld", "atom", "xml", "ics", "csv", "xlsx", "sqlite", "txt"}


def test_both_audits_tell_the_same_of_what_leaks(
    clean: dict[str, bytes], known: Secrets, tmp_path: Path
) -> None:
    """Some files of a site leak, among others like them; the thorough audit reads each as a whole."""
    rng = random.Random(11)
    for number, (name, data) in enumerate(sorted(clean.items())):
        target = tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        words = rng.choice(WRITTEN)(SECRETS[rng.choice(list(SECRETS))])
        target.write_bytes(leak_into(name, data, f" {words} ", rng) if number % 3 == 0 else data)
    quick, thorough = audit_site(tmp_path, known), audit_site(tmp_path, known, thorough=True)
    assert quick == thorough
    assert len({finding.path for finding in quick.findings}) >= len(clean) // 4


def test_names_of_files_that_leak_are_caught(clean: dict[str, bytes], known: Secrets) -> None:
    """Every file of the site under a name that tells something, and every kind of secret in some name."""
    rng = random.Random(9)
    auditor = Auditor(known)
    kinds = ("withheld name", "masked name", "confidential name", "phone", "case number", "school")
    for name in sorted(clean):
        folder, _, last = name.rpartition("/")
        kind = rng.choice(kinds)
        written = rng.choice((SECRETS[kind], slugify(SECRETS[kind]), quote(SECRETS[kind])))
        telling = f"{folder}/{rng.choice(('', 'photo-', '2-'))}{written}-{last}".lstrip("/")
        assert auditor.audit_name(name) == (), name
        found = auditor.audit_name(telling)
        assert found, f"{kind} in {telling} was not caught"
        assert all(SECRETS[kind] not in item.path for item in found)


def test_a_name_that_reads_like_the_city_stops_no_build(quick: Quick) -> None:
    """吴涵 in pinyin is wuhan, which is in every address; the name itself is still looked for."""
    hidden = person(key="p2", name="吴涵", disclosure="withheld", withholding=WITHHOLDING)
    tree = case(persons=[person(), hidden])
    quick.build({"wuhan/2026/a.yml": tree})
    with quick.prepared({"wuhan/2026/a.yml": tree}) as ready:
        known = secrets_of(ready, quick.out)
        quick.finish(ready)
    page = quick.out / "notices/wuhan-2026-0001/index.html"
    page.write_text(
        page.read_text(encoding="utf-8").replace("</main>", "<p>吴涵</p></main>"), encoding="utf-8"
    )
    assert not audit_site(quick.out, known).is_clean
