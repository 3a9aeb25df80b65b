"""写法的存档: an audit that looks at little tells the same as one that looks at everything."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.audit import (
    Auditor,
    AuditReport,
    KeptVariants,
    Secret,
    Secrets,
    audit_site,
    variants_of,
)
from generator.audit.kept_variants import DIGITS, VariantsInUse
from generator.audit.skimming import Skimmer
from generator.system.packing import pack, unpack
from tests.journeys import SOME_AND_REST, share
from tests.soaking import examples
from tests.unit.audit import builders as b
from tests.unit.audit.plants import plants, secrets
from tests.unit.audit.test_skimming import _TOKENS

calm = settings(max_examples=examples(20))


def by_record(known: Secrets) -> Secrets:
    """Each word in a record of its own."""
    strings = (
        replace(secret, label=f"registry/cases/{number}.yml") for number, secret in enumerate(known.strings)
    )
    return replace(known, strings=tuple(strings))


@cache
def kept() -> tuple[Auditor, KeptVariants]:
    known = by_record(secrets())
    auditor = Auditor(known)
    return auditor, unpack(pack(forms_kept(auditor)), KeptVariants)


def forms_kept(auditor: Auditor) -> KeptVariants:
    known = auditor.secrets
    return KeptVariants.of(auditor.matcher.variants.made, known, known.searched_for())


def later(known: Secrets, kept: VariantsInUse) -> Auditor:
    """What an audit has whose variants were kept."""
    return Auditor(known, variants_of(known, kept))


@pytest.mark.parametrize("rest", SOME_AND_REST)
def test_every_planted_leak_is_told_by_the_forms_that_were_kept(rest: bool) -> None:
    """Read at length, and quickly: then nothing is passed over."""
    full, variants = kept()
    in_use = variants.for_audit(full.secrets.searched_for())
    assert in_use is not None and not in_use.anew
    auditor = later(full.secrets, in_use)
    files = [
        (f"{number}/{plant.file}", plant.data) for number, plant in enumerate(share(plants(), rest=rest))
    ]
    for (name, data), seen in zip(files, Skimmer(later(full.secrets, in_use)).read(files), strict=True):
        found = full.audit_bytes(name, data)
        assert seen.whole or not (found or (full.matcher.touched and not seen.touched)), name
        assert auditor.audit_bytes(name, data) == found, name
        assert auditor.audit_name(name) == full.audit_name(name), name


_WORDS = (b.NAME, "王伟", "骆允谦", "13987654321", "武汉市江岸区芦荻湾路19号", "ouyang@example.cn", "祁向晨")
_secrets = st.dictionaries(
    st.sampled_from([f"registry/cases/{number}.yml" for number in range(4)]),
    st.lists(st.sampled_from(_WORDS), min_size=1, max_size=3, unique=True),
    max_size=4,
)
_site = st.dictionaries(
    st.sampled_from(("index.html", "n/1/index.html", "n/2/index.html", "a.json", "data/a.csv", "a.pdf")),
    st.lists(st.sampled_from((*_TOKENS, *_WORDS, "\n")), max_size=8).map("".join),
    min_size=1,
)


def secrets_of(words: dict[str, list[str]], *, common: bool, named: bool, at: str) -> Secrets:
    kinds = {"13987654321": "number", "武汉市江岸区芦荻湾路19号": "address", "ouyang@example.cn": "other"}
    return Secrets(
        strings=tuple(
            Secret(text=text, label=label, kind=kinds.get(text, "name"), hidden=text == b.NAME)
            for label, texts in words.items()
            for text in texts
        ),
        published=frozenset({"王伟", b.NAME}) if named else frozenset({"王伟"}),
        published_at={"王伟": frozenset({at})},
        over_records=frozenset({"n/2/index.html"}) if at == "a.json" else frozenset(),
        common=frozenset({"祁向晨"}) if common else frozenset(),
    )


class Project:
    """A site whose files and withheld words change, audited as a build does."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: dict[str, str] = {}
        self.report = AuditReport(files=0, bytes_read=0, findings=())
        self.searched = Secrets().searched_for()
        self.variants: KeptVariants | None = None

    def audited(self, files: dict[str, str], known: Secrets) -> AuditReport:
        same = {name for name, text in files.items() if self.files.get(name) == text}
        for name in self.files.keys() - files.keys():
            (self.folder / name).unlink()
        for name, text in files.items():
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / name).write_text(text, encoding="utf-8")
        self.files = files
        searched = known.searched_for(self.searched)
        added = known.added_since(self.searched, searched)
        clean = (
            {} if added is None else {name: mark for name, mark in self.report.clean.items() if name in same}
        )
        in_use = None if self.variants is None else self.variants.for_audit(searched)
        variants = variants_of(known, in_use)
        self.report = audit_site(
            self.folder,
            known,
            clean=clean,
            added=added or (),
            before=self.searched,
            searched=searched,
            variants=variants,
        )
        self.searched = searched
        if in_use is None:
            self.variants = KeptVariants.of(variants.made, known, searched)
        return self.report


@calm
@given(
    st.lists(
        st.tuples(_site, _secrets, st.booleans(), st.booleans(), st.sampled_from(("index.html", "a.json"))),
        max_size=4,
    )
)
def test_edit_after_edit_tells_what_a_cold_and_a_thorough_audit_tell(
    edits: list[tuple[dict[str, str], dict[str, list[str]], bool, bool, str]],
) -> None:
    with TemporaryDirectory() as folder:
        project = Project(Path(folder))
        for files, words, common, named, at in edits:
            known = secrets_of(words, common=common, named=named, at=at)
            told = project.audited(files, known).findings
            assert told == audit_site(project.folder, known).findings
            assert told == audit_site(project.folder, known, thorough=True).findings


def test_what_is_kept_is_of_use_only_while_it_holds_all_that_is_searched_for() -> None:
    auditor, variants = kept()
    known = auditor.secrets
    # A word that is passed over no longer was not kept: everything is worked out again.
    wider = replace(known, common=frozenset({"武汉"}))
    of_wider = replace(variants, passed_over=wider.searched_for().passed_over)
    assert of_wider.for_audit(known.searched_for()) is None
    assert replace(variants, wording=b"other").for_audit(known.searched_for()) is None
    # A record whose words changed is searched for, whatever is kept.
    changed = replace(known.strings[0], text="另一个名字")
    new = replace(known, strings=(changed, *known.strings[1:]))
    in_use = variants.for_audit(new.searched_for())
    assert in_use is not None and in_use.anew == {changed.label}
    page = f"<p>{changed.text}、{known.strings[0].text}".encode()
    found = later(new, in_use).audit_bytes("a.html", page)
    assert found == Auditor(new).audit_bytes("a.html", page)
    assert len(changed.text) in {item.length for item in found}


@calm
@given(
    st.lists(st.sampled_from((*_TOKENS, *_WORDS, "\n")), max_size=12).map("".join),
    st.sets(st.sampled_from((*(secret.text for secret in secrets().strings), "怀朴", "冀师傅", "huaipu"))),
    st.sets(st.sampled_from(("1969-12-03", "1980-01-02", "怀朴", "立即脱下外衣", "振岳"))),
)
def test_what_is_passed_over_since_is_not_searched_for(
    text: str, common: set[str], ordinary: set[str]
) -> None:
    full, variants = kept()
    now = replace(full.secrets, common=frozenset(common), ordinary=frozenset(ordinary))
    in_use = variants.for_audit(now.searched_for())
    assert in_use is not None
    quick, cold = later(now, in_use), Auditor(now)
    for name in ("index.html", "a.json", "a.svg"):
        assert quick.audit_bytes(name, text.encode()) == cold.audit_bytes(name, text.encode())
        assert quick.matcher.touched == cold.matcher.touched


def test_what_was_kept_of_one_name_does_not_hang_on_another() -> None:
    """The given name of a hidden one is a word of the site; of somebody else it is a part of the name."""
    hidden = Secret(text="欧阳怀朴江", label="registry/cases/1.yml", kind="name", hidden=True)
    other = Secret(text="买买提·怀朴江", label="registry/cases/2.yml", kind="name")
    then = Secrets(strings=(hidden, other), wording="怀朴江")
    full = Auditor(then)
    page = "<p>当事人怀朴江。".encode()
    assert [found.label for found in full.audit_bytes("a.html", page)] == [other.label]
    now = replace(then, strings=(other,))
    in_use = forms_kept(full).for_audit(now.searched_for())
    assert in_use is not None
    found = later(now, in_use).audit_bytes("a.html", page)
    assert found == Auditor(now).audit_bytes("a.html", page) != ()


def test_of_numbers_that_begin_alike_few_are_unpacked() -> None:
    """Identity numbers of one district have their first six figures in common."""
    numbers = [f"990000{year}0101{number:04}" for year in range(1930, 1960) for number in range(7, 90, 9)]
    known = by_record(Secrets(strings=tuple(Secret(text=text, label="", kind="number") for text in numbers)))
    full = Auditor(known)
    variants = forms_kept(full)
    lots = [lot for lot in variants.lots if lot.kind == DIGITS]
    assert sum(len(unpack(group, list)) for lot in lots for group in lot.groups) == len(numbers)
    assert max(len(unpack(group, list)) for lot in lots for group in lot.groups) < len(numbers) / 4
    in_use = variants.for_audit(known.searched_for())
    assert in_use is not None
    auditor = later(known, in_use)
    for text in (numbers[0], numbers[-1], "9900001930010100"):
        page = f"<p>{text}；{'九九〇〇〇〇一九四〇〇一〇一〇〇〇七'}</p>".encode()
        assert auditor.audit_bytes("a.html", page) == full.audit_bytes("a.html", page) != ()


def test_strings_of_a_record_stand_together() -> None:
    strings = [Secret(text=f"某字句{number}", label=f"r{number % 3}", kind="other") for number in range(7)]
    known = Secrets(strings=tuple(strings))
    assert [secret.label for secret in known.strings] == ["r0"] * 3 + ["r1"] * 2 + ["r2"] * 2
    assert sorted(known.strings, key=lambda secret: secret.text) == strings
    assert [known.strings[number] for number in range(7)] == [*known.strings] == [*known.strings[0:7]]
    assert known.strings[-1] == known.strings[6]
    with pytest.raises(IndexError):
        known.strings[7]
    assert replace(known, strings=known.strings[:]) == known != Secrets(strings=known.strings[1:])
