"""办公桌的页面 (desk pages): what :mod:`generator.desk.desk_work` knows, as HTML. Nothing of the web's traffic is here.

Templates and styles are files that a web designer can edit; words stand in ``catalogue/desk.yml``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from generator.catalogue import desk_wording, staff_wording
from generator.desk.case_form import (
    FIXED,
    RECORD,
    FormNode,
    Trouble,
    anchor_of,
    field_titles,
    is_private,
    life_steps,
    read_back,
    step_called,
    step_nodes,
    step_of,
    value_in_words,
)
from generator.desk.desk_judging import Judged, trouble_of
from generator.desk.desk_list import list_groups
from generator.desk.desk_reading import OpenRecord, Standing, people_of, summary_of
from generator.desk.desk_work import Conflict, DeskWork
from generator.desk.form_fields import field_at
from generator.desk.handbook import CONTENTS, handbook_pages, page_html, page_title
from generator.desk.public_changes import pages_digest
from generator.desk.pure_withdrawal import hidden_names, takes_out, withdraws
from generator.desk.record_drafts import Draft
from generator.desk.site_diff import SiteChange
from generator.desk.withdrawal import files_naming, texts_about
from generator.diagnostics import Diagnostic, Severity
from generator.law.notice_period.day_wording import moment_words
from generator.pipeline.outbox_step import BrokenOutboxError
from generator.publication_log.approval_book import BookEntry, is_decision, may_approve, record_path
from generator.source.finding import parse_path
from generator.source.model.instant import parse_instant

_HERE = Path(__file__).parent
_FOLDED = (
    "withholding",
    "private",
    "injury_consent",
    "guardian_consent",
    "desk",
    "revocation",
    "post",
    "in_person",
    "channels",
)
"""Entries that most records leave out: closed unless something stands there."""
_ASSETS = {"desk.css": "text/css", "desk.js": "text/javascript"}


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals["w"] = desk_wording()
    made.globals["fixed"] = FIXED
    made.globals["folded"] = _FOLDED
    made.globals["contents"] = CONTENTS
    made.globals["marks"] = staff_wording("zh")["review"]["marks"]
    return made


def asset(name: str) -> tuple[str, bytes] | None:
    """A file of the pages' own, as (type, bytes); None for any other name."""
    media = _ASSETS.get(name)
    return None if media is None else (media, (_HERE / "desk_assets" / name).read_bytes())


def door_page(why: str, **facts: str) -> str:
    """What somebody reads who may not come in: nothing of the office."""
    words = desk_wording()["told"][why].format(**facts)
    return _environment().get_template("desk_door.html").render(words=words)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskPages:
    """页面 of one desk. ``base`` is the address below which they stand, ``site`` the site as it is shown now."""

    work: DeskWork
    base: str
    site: Path

    def cases(self) -> str:
        """全部案件, by what waits for whom."""
        return self._page(
            "desk_cases.html",
            "home",
            title=desk_wording()["list"]["title"],
            groups=list_groups(self.work, self.site),
            unapproved=len(self.work.unapproved()),
        )

    def new_case(self, given: Mapping[str, str] | None = None, wrong: str = "") -> str:
        """新案件."""
        settings = self.work.settings
        return self._page(
            "desk_new.html",
            "new",
            title=desk_wording()["new_case"]["title"],
            offices=[
                (
                    place.full_name,
                    [
                        (slug, item.name)
                        for slug, item in settings.authorities.items()
                        if item.jurisdiction == name
                    ],
                )
                for name, place in settings.jurisdictions.items()
                if place.keeps_register
            ],
            given={"authority": "", "happened_on": "", **(given or {})},
            wrong=wrong,
        )

    def case(
        self,
        record: str,
        step: str,
        *,
        saved: bool = False,
        added: Iterable[str] = (),
        conflict: Conflict | None = None,
        text: str | None = None,
    ) -> str:
        """One step of a case. ``text`` is what is shown where it is not what is saved."""
        opened = self.work.open(record)
        self.work.remember(opened.shelved)
        shown = step_called(step)
        text = opened.shelved.text if text is None else text
        judged = self.work.judge(record, text)
        tree = opened.tree if text == opened.shelved.text else self.work.tree_of(text)
        nodes = () if tree is None else step_nodes(shown, tree, judged.troubles, added)
        return self._page(
            "desk_case.html",
            "case",
            nodes=nodes,
            unreadable=tree is None,
            above=_above(judged.troubles),
            count=_count(nodes),
            following=shown.then,
            loaded=opened.shelved.digest,
            saved=saved,
            conflict=None
            if conflict is None
            else (field_titles(conflict.elsewhere), field_titles(conflict.both)),
            persons=_persons(tree),
            places={slug: item.full_name for slug, item in self.work.settings.jurisdictions.items()},
            authorities=self._authorities(tree),
            **self._head(opened, judged, shown.key),
        )

    def live(self, record: str, step: str, answers: Mapping[str, str], removed: Iterable[str]) -> str:
        """What is wrong with what is being written, as JSON for the script of the page."""
        changed = self.work.change(record, answers, removed)
        judged = self.work.judge(record, changed.text, changed.unread)
        shown = step_called(step)
        nodes = step_nodes(shown, self.work.tree_of(changed.text), judged.troubles)
        said = {name: self._troubles(items) for name, items in judged.troubles.items()}
        read = {}
        for name, answer in answers.items():
            asked = field_at(RECORD, parse_path(name))
            if asked is not None and (words := read_back(asked, answer)):
                read[name] = desk_wording()["read_as"].format(words=words)
        above = _above(judged.troubles)
        heading = f"<div class=above><h3>{desk_wording()['above']}</h3><ul class=troubles>"
        return json.dumps(
            {
                "troubles": said,
                "read": read,
                "steps": judged.by_step(),
                "count": _count(nodes),
                "above": f"{heading}{self._troubles(above)}</ul></div>" if above else "",
            },
            ensure_ascii=False,
        )

    def review(self, record: str, found: Iterable[Diagnostic] = ()) -> str:
        """公众将看到: what changes for the public, the pages, and what can be done."""
        opened = self.work.open(record)
        judged = self.work.judge(record, opened.shelved.text)
        changes: tuple[SiteChange, ...] = ()
        beyond: tuple[str, ...] | None = None
        if not judged.errors:
            changes = self.work.changes(record, judged)
            beyond = self.work.beyond_withdrawal(record, judged)
        withdrawing = beyond is not None or any(map(withdraws, changes))
        placed, tree = self.work.tree_of((opened.shelved.placed or b"").decode()) or {}, opened.tree or {}
        return self._page(
            "desk_review.html",
            "case",
            found=[trouble_of(item) for item in found],
            errors=judged.errors,
            listed=[
                (name, self._place_words(name), item)
                for name, items in judged.troubles.items()
                for item in items
                if item.severity == Severity.ERROR
            ],
            review=None if judged.errors else self.work.review(record, self.site, judged),
            at_once=beyond == (),
            may_mask=self.work.may_mask(record),
            beyond=field_titles(beyond or ()),
            withdrawing=withdrawing,
            taken_out=takes_out(placed, tree),
            letters=self._letters(tree)
            if withdrawing or hidden_names(placed, tree) or opened.standing is Standing.WITHDRAWN
            else None,
            elsewhere=self._elsewhere(record, placed, tree),
            written=[
                (
                    field_titles((item.field,)) or item.field,
                    value_in_words(item.field, item.old),
                    value_in_words(item.field, item.new),
                    is_private(item.field),
                )
                for item in self.work.record_changes(record, judged)
            ],
            pages=[(item.own.page.path, item.own.page.title) for item in judged.produced],
            as_of=moment_words(judged.as_of),
            seen=f"{record}/{opened.shelved.digest[:16]}",
            loaded=opened.shelved.digest,
            page_digest=pages_digest(judged.produced),
            act=self._act(opened),
            same_account=opened.submitted is not None and opened.submitted.account == self.work.account,
            account_name=self.work.account,
            has_draft=opened.shelved.draft is not None,
            has_placed=opened.shelved.placed is not None,
            **self._head(opened, judged, "review"),
        )

    def told(self, why: str, **facts: str) -> str:
        """A refusal in words."""
        words = desk_wording()["told"][why].format(**facts)
        return self._page(
            "desk_told.html",
            "told",
            title=desk_wording()["told"]["door"],
            heading=desk_wording()["told"]["door"],
            words=words,
        )

    def publishing(self, **state: Any) -> str:
        """公布."""
        said = {
            "title": desk_wording()["publishing"]["title"],
            "left_out": [record.rsplit("/", 1)[-1] for record in self.work.waiting()],
        }
        return self._page("desk_publish.html", "publish", **said, **state)

    def handbook(self, name: str) -> str | None:
        """A page of 工作手册; None where there is none of the name."""
        if name not in handbook_pages():
            return None
        return self._page(
            "desk_handbook.html", "handbook", title=page_title(name), name=name, body=Markup(page_html(name))
        )

    # —— 内部 ——

    def _page(self, template: str, here: str, **values: Any) -> str:
        return (
            _environment()
            .get_template(template)
            .render(base=self.base, who=self.work.who, account=self.work.account, here=here, **values)
        )

    def _head(self, opened: OpenRecord, judged: Judged, step: str) -> dict[str, Any]:
        w = desk_wording()
        tree = opened.tree or {}
        case = opened.shelved.record.rsplit("/", 1)[-1]
        names = people_of(tree) or str(tree.get("title", ""))
        told = opened.returned if opened.standing is Standing.RETURNED else opened.submitted
        facts = {"by": told.by, "at": _moment(told), "note": told.note} if told is not None else {}
        about = w["standing_about"][opened.standing].format(**facts)
        if opened.voided is not None:
            about += " " + w["voided"].format(by=opened.voided.by, at=_moment(opened.voided))
        begun = opened.begun
        return {
            "title": f"{names or case}",
            "record": opened.shelved.record,
            "case": case,
            "names": names,
            "summary": summary_of(tree),
            "standing": opened.standing.value,
            "standing_about": about,
            "begun": w["begun"].format(by=begun.by, at=_moment(begun))
            if begun is not None and opened.shelved.draft is not None
            else "",
            "overtaken": opened.overtaken,
            "numbers": judged.numbers,
            **self._next(opened, judged),
            "step": step,
            "step_keys": [] if is_decision(opened.shelved.record) else [item.key for item in life_steps()],
            "counts": judged.by_step(),
            "filled": {
                item.key: any(node.filled for node in step_nodes(item, tree, {})) for item in life_steps()
            },
        }

    def _next(self, opened: OpenRecord, judged: Judged) -> dict[str, str]:
        """下一步 in words, and the address where it is done; empty where there is none."""
        said, record = desk_wording()["next"], opened.shelved.record
        wrong = [
            name
            for name, items in judged.troubles.items()
            if any(item.severity == Severity.ERROR for item in items)
        ]
        if wrong and not is_decision(record):
            words = said["mend"].format(count=judged.errors)
            where = f"{self.base}case/{record}?step={step_of(wrong[0])}#{anchor_of(wrong[0])}"
            return {"next_words": words, "next_go": where, "next_label": said["go"]["mend"]}
        act = self._act(opened)
        if opened.standing is Standing.WITHDRAWN and act == "approve":
            act = "confirm"
        if act == "submit" and self.work.beyond_withdrawal(record, judged) == ():
            act = "withdraw"
        todo = {"own": "wait", "account": "wait", "submit_placed": "submit"}.get(act, act)
        if not todo:
            unseen = opened.standing is Standing.PLACED and self.work.unpublished(self.site, judged)
            todo = "publish" if unseen else "nothing"
        where = {"publish": f"{self.base}publish"}.get(todo, f"{self.base}case/{record}/review")
        label = said["go"].get(todo, "")
        return {"next_words": said[todo], "next_go": where if label else "", "next_label": label}

    def _act(self, opened: OpenRecord) -> str:
        """What this person can do with the record now."""
        if opened.submitted is not None:
            if may_approve(opened.submitted, self.work.who, self.work.account, self.work.rule):
                return "approve"
            return "account" if may_approve(opened.submitted, self.work.who, "", "names") else "own"
        if opened.shelved.draft is not None:
            return "place" if self.work.rule == "none" else "submit"
        return "submit_placed" if opened.standing is Standing.UNAPPROVED else ""

    def _letters(self, tree: Mapping[str, Any]) -> dict[str, list[str]]:
        """待发文稿 that tell of the record: what waits, what is out; or which of their files cannot be read."""
        ways = staff_wording("zh")["outbox"]["ways"]
        try:
            found = texts_about(self.work.root, tree)
        except BrokenOutboxError as error:
            return {"broken": [str(error)]}
        return {
            "waiting": [
                f"{item.id}（{'、'.join(ways[way] for way in item.ways)}）" for item in found.waiting
            ],
            "sent": [f"{item.id}（{ways[item.way]}，{item.at}）" for item in found.sent],
        }

    def _elsewhere(self, record: str, placed: Mapping[str, Any], tree: dict[str, Any]) -> list[str]:
        """Other files in which somebody is named whom the draft hides, of the same person or of a namesake."""
        draft = Draft(path=record_path(record), tree=tree)
        root = self.work.root
        return sorted(
            {path for name in hidden_names(placed, tree) for path in files_naming(root, draft, name)}
        )

    def _authorities(self, tree: Any) -> list[tuple[str, str]]:
        place = tree.get("jurisdiction") if isinstance(tree, dict) else None
        own = tree.get("authority") if isinstance(tree, dict) else None
        return [
            (slug, item.name)
            for slug, item in self.work.settings.authorities.items()
            if item.jurisdiction == place or slug == own
        ]

    def _troubles(self, items: Iterable[Trouble]) -> str:
        module = (
            _environment()
            .get_template("desk_fields.html")
            .make_module({"places": {}, "persons": (), "authorities": ()})
        )
        told = vars(module)["trouble"]
        return "".join(str(told(item)) for item in items)

    def _place_words(self, name: str) -> tuple[str, str, str]:
        """(what a field is called, its step, where on the page it stands)."""
        return field_titles((name,)) or desk_wording()["above"], step_of(name), anchor_of(name)


def _count(nodes: Iterable[FormNode]) -> int:
    """How much is to be looked at in a step."""
    return sum(len(node.all_troubles) for node in nodes)


def _above(troubles: Mapping[str, tuple[Trouble, ...]]) -> list[Trouble]:
    """What is wrong with the record as a whole, or with a place that no control of any step shows."""
    return [
        item
        for name, items in troubles.items()
        if field_at(RECORD, parse_path(name)) is None
        for item in items
    ]


def _persons(tree: Any) -> list[tuple[str, str]]:
    persons = tree.get("persons") if isinstance(tree, dict) else None
    return [
        (str(item.get("key", f"p{number}")), str(item.get("name", item.get("name_as_published", ""))))
        for number, item in enumerate(persons if isinstance(persons, list) else (), 1)
        if isinstance(item, dict)
    ]


def _moment(entry: BookEntry) -> str:
    return moment_words(parse_instant(entry.at))
