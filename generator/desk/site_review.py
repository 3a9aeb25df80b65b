"""审阅 (site review): the differences of two sites as a reviewer reads them, a record at a time, in sentences.

:mod:`generator.desk.site_diff` finds every field. Here what belongs together is said together, what only follows from
something else is counted, and what is no longer shown is named and not repeated.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from generator.catalogue import staff_wording, value_words, wording
from generator.desk.field_words import field_words
from generator.desk.field_words import value_words as read_value
from generator.desk.site_diff import ChangeKind, SiteChange

_FOLLOWS = re.compile(
    r"history\[|working\[|status_since|status_after_close|person_count|honours\[[0-9]+\]\.url|notice\.url"
    r"|(?:persons|recipients)\[[0-9]+\]\.(?:masked|minor|deceased)|decision\.url"
)
"""Fields that say again, or work out from, what another one says."""
_SETS = {
    "kind": "act_kind",
    "death": "death",
    "order": "notice_order",
    "level": "honour_level",
    "bonus_for": "bonus_for",
}
_PERSON = re.compile(r"((?:persons|recipients)\[[0-9]+\])\.name")
_PART = re.compile(r"[a-z_]+(?:\[[0-9]+\])?(?=\.)")
_INSTANT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2}:[0-9]{2}):[0-9]{2}\+08:00")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~!&])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """一句话 about a change, and how grave it is."""

    kind: ChangeKind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordReview:
    """一件记录的变化: its status, then the gravest first. ``heading`` names it; ``address`` is its page, "" where there
    is none."""

    heading: str
    address: str
    sentences: tuple[Sentence, ...]

    @property
    def gravest(self) -> ChangeKind:
        """最重的一种."""
        return min((item.kind for item in self.sentences), key=list(ChangeKind).index)


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """公众将看到的变化, records with the gravest changes first. ``changes`` is the number of fields that changed."""

    records: tuple[RecordReview, ...]
    changes: int

    def counts(self) -> Mapping[ChangeKind, int]:
        """How many records have what kind for their gravest."""
        worst = [record.gravest for record in self.records]
        return {kind: worst.count(kind) for kind in ChangeKind if kind in worst}


def review_sites(changes: Sequence[SiteChange], old: Path, new: Path, lang: str) -> Review:
    """``changes`` between the sites ``old`` and ``new``, in sentences; ``lang`` is ``zh`` or ``en``."""
    of_record: dict[str, list[SiteChange]] = {}
    for change in changes:
        of_record.setdefault(change.record, []).append(change)
    records = [_record(name, own, old, new, lang) for name, own in of_record.items()]
    records.sort(key=lambda item: list(ChangeKind).index(item.gravest))
    return Review(records=tuple(records), changes=len(changes))


def as_text(review: Review, lang: str) -> str:
    """For a terminal."""
    words = _words(lang)
    blocks = []
    for record in review.records:
        lines = [record.heading, *(f"  {words['marks'][item.kind]}{item.text}" for item in record.sentences)]
        blocks.append("\n".join(lines))
    return "\n\n".join([*blocks, summary(review, lang)]) + "\n"


def as_markdown(review: Review, lang: str) -> str:
    """For the page of a merge request."""
    words = _words(lang)
    lines = [f"## {words['title']}", "", _plain(summary(review, lang)), ""]
    for record in review.records:
        lines += [f"### {_plain(record.heading)}", ""]
        for item in record.sentences:
            mark = f"**{words['marks'][item.kind].rstrip('：: ')}** "
            lines.append(f"- {mark}{_plain(item.text)}")
        lines.append("")
    return "\n".join(lines)


def as_html(review: Review, lang: str) -> str:
    """A page by itself, to be read or printed and signed: no script, nothing fetched."""
    return _template().render(
        review=review,
        words=_words(lang),
        summary=summary(review, lang),
        lang="zh-CN" if lang == "zh" else "en",
    )


def summary(review: Review, lang: str) -> str:
    """How much there is to look at, in one sentence."""
    words = _words(lang)
    if not review.records:
        return str(words["nothing"])
    parts = (words["counts"][kind].format(count=count) for kind, count in review.counts().items())
    return str(words["summary"]).format(records=len(review.records), parts=words["and"].join(parts))


def _record(name: str, changes: list[SiteChange], old: Path, new: Path, lang: str) -> RecordReview:
    kind, before, after = _documents(name, old, new)
    shown = after or before
    heading = _heading(kind, name, shown, lang)
    status = [item for item in changes if item.field == "status"]
    others = [item for item in changes if item.field != "status"]
    sentences = [_one(item, kind, lang) for item in status]
    if others:
        said = _sentences(others, kind, before, after, lang)
        sentences += sorted(said, key=lambda item: list(ChangeKind).index(item.kind))
    return RecordReview(heading=heading, address=str(shown.get("url", "")), sentences=tuple(sentences))


def _documents(name: str, old: Path, new: Path) -> tuple[str, dict[str, Any], dict[str, Any]]:
    """(kind, the document before, after), empty where there is none."""
    for kind in ("notices", "honours", "decisions"):
        paths = [site / "api/v1" / kind / f"{name}.json" for site in (old, new)]
        if any(path.is_file() for path in paths):
            before, after = (json.loads(path.read_bytes()) if path.is_file() else {} for path in paths)
            return kind, before, after
    return "law", {}, {}


def _heading(kind: str, name: str, document: Mapping[str, Any], lang: str) -> str:
    words = _words(lang)
    title = document.get("title") or ""
    if kind == "honours":
        people = "、".join(str(item.get("name")) for item in document.get("recipients") or ())
        title = f"{people} {title}".strip()
    if kind == "law":
        name = " ".join(name.rpartition("#")[0].split("/"))
    return str(words["headings"][kind]).format(id=name, title=title).strip().removesuffix("《》")


def _sentences(
    changes: list[SiteChange], kind: str, before: Mapping[str, Any], after: Mapping[str, Any], lang: str
) -> Iterator[Sentence]:
    words = _words(lang)
    if not changes[0].field:
        yield _whole(changes[0].kind, after or before, lang)
        return
    followed = [item for item in changes if _follows(item, changes)]
    rest = [item for item in changes if item not in followed]
    for part, items in _by_part(rest).items():
        kinds = {item.kind for item in items}
        if part and kinds == {ChangeKind.EXPOSED} and _is_absent(part, before):
            said = words["semicolon"].join(_new_value(item, kind, lang) for item in items)
            yield _said(ChangeKind.EXPOSED, words["part_added"], field=field_words(part, lang), said=said)
        elif part and kinds == {ChangeKind.WITHDRAWN}:
            fields = words["comma"].join(_last_word(item.field, lang) for item in items)
            gone = words["all"] if _is_absent(part, after) else fields
            yield _said(ChangeKind.WITHDRAWN, words["part_gone"], field=field_words(part, lang), said=gone)
        else:
            yield from (_one(item, kind, lang) for item in items)
    if followed and not rest:
        yield from (_one(item, kind, lang) for item in followed)
        return
    told = {_name(item) for item in rest}
    if parts := dict.fromkeys(field_words(_name(item), lang) for item in followed if _name(item) not in told):
        yield _said(ChangeKind.CHANGED, words["follows"], said=words["comma"].join(parts))


def _name(item: SiteChange) -> str:
    return re.split(r"[.\[]", item.field)[0]


def _whole(kind: ChangeKind, document: Mapping[str, Any], lang: str) -> Sentence:
    words = _words(lang)
    people = document.get("persons") or document.get("recipients") or ()
    names = words["comma"].join(str(item.get("name")) for item in people)
    said = [
        words["whole"][key].format(value=value)
        for key, value in (
            ("names", names),
            ("closes", document.get("closes_on")),
            ("summary", (document.get("act") or {}).get("summary")),
        )
        if value
    ]
    form = words["whole"]["added" if kind is ChangeKind.ADDED else "removed"]
    return Sentence(kind=kind, text=form.format(said=words["semicolon"].join(said)))


def _one(item: SiteChange, kind: str, lang: str) -> Sentence:
    words = _words(lang)
    field = field_words(item.field, lang)
    old, new = _value(item.field, item.old, kind, lang), _value(item.field, item.new, kind, lang)
    if item.field == "status":
        form = words["status"]
    elif item.kind is ChangeKind.EXPOSED and _PERSON.fullmatch(item.field) and item.old:
        form = words["uncovered"]
    else:
        form = words["one"]["exposed" if not item.old else "withdrawn" if not item.new else "changed"]
    return _said(item.kind, form, field=field, old=old, new=new)


def _said(kind: ChangeKind, form: str, **values: str) -> Sentence:
    return Sentence(kind=kind, text=form.format(**values))


def _follows(item: SiteChange, changes: list[SiteChange]) -> bool:
    if item.field in ("closes_at", "opens_at"):
        return any(other.field == item.field.replace("_at", "_on") for other in changes)
    if item.kind is ChangeKind.EXPOSED and item.field.endswith((".masked", ".minor")):
        # Uncovered: a name says so as well, but where it is the same as before nothing else would.
        return any(other.field == f"{item.field.rpartition('.')[0]}.name" for other in changes)
    return bool(_FOLLOWS.match(item.field))


def _by_part(changes: list[SiteChange]) -> dict[str, list[SiteChange]]:
    """Changes by the part of the record in which they stand: a person, a correction; "" for the record's own."""
    parts: dict[str, list[SiteChange]] = {}
    for item in changes:
        found = _PART.match(item.field)
        parts.setdefault(found[0] if found is not None else "", []).append(item)
    return parts


def _is_absent(part: str, document: Mapping[str, Any]) -> bool:
    """Whether ``document`` has nothing there."""
    name, _, index = part.removesuffix("]").partition("[")
    there = document.get(name)
    if index:
        return not isinstance(there, list) or int(index) >= len(there)
    return not there


def _new_value(item: SiteChange, kind: str, lang: str) -> str:
    word, value = _last_word(item.field, lang), _value(item.field, item.new, kind, lang)
    return str(_words(lang)["pair"]).format(field=word, value=value)


def _last_word(field: str, lang: str) -> str:
    """人员1·姓名 → 姓名."""
    return re.split("·|, ", field_words(field, lang))[-1]


def _value(field: str, value: str, kind: str, lang: str) -> str:
    """A value as it is read: codes by their words, instants as days and hours."""
    read = read_value(value, lang)
    name = field.rpartition(".")[2]
    if lang == "zh" and name == "status":
        area = "honours" if kind == "honours" else "common"
        return str(wording(area)["status"].get(read, read))
    if lang == "zh" and name in _SETS:
        return value_words(_SETS[name]).get(read, (read,))[0]
    return _INSTANT.sub(r"\1 \2", read)


def _plain(text: str) -> str:
    """Text that Markdown takes for nothing else, on one line."""
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))


def _words(lang: str) -> Mapping[str, Any]:
    words: Mapping[str, Any] = staff_wording(lang)["review"]
    return words


@cache
def _template() -> Template:
    folder = Path(__file__).parent
    environment = Environment(
        loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    return environment.get_template("site_review.html")
