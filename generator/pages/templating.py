"""模板环境 (environment): one Jinja2 environment for every page, with filters for Chinese dates and labels.

Autoescape is on for everything, so text from records is only ever text; a name that a template
misspells is an error. Templates live in ``generator/pages/templates`` and can be edited by anyone
who writes HTML; their words come from ``generator/catalogue``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, cast

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from jinja2.environment import TemplateModule
from markupsafe import Markup, escape

from generator.catalogue import Language, spoken, wording
from generator.law.notice_period.day_wording import closing_words, day_words, moment_words, partial_day_words
from generator.pages.compiled_templates import CompiledTemplates
from generator.pages.escaping import escaped
from generator.public.json_text import compact_text
from generator.public.list_rows import NoticeRow
from generator.public.open_minute import OPEN_MINUTE
from generator.source.model.instant import SHANGHAI
from generator.source.model.partial_day import PartialDay

_TEMPLATES = Path(__file__).parent / "templates"
_FIGURE_AND_UNIT = re.compile(r"(?<=\d) (?=[㐀-鿿])")
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_BEHIND = "，。；：、）》”,.;:)"
"""Marks that begin no line: on a phone what stays whole is a block of its own, so they belong to it."""
_WHOLE = re.compile(
    rf"<[^>]*>|(?P<whole>(?:(?:\d{{4}}年)?\d{{1,2}}月\d{{1,2}}日|\d{{1,2}} (?:{_MONTHS}) \d{{4}}(?:, (?:\d\d:\d\d|{OPEN_MINUTE}))?"
    rf"|(?<!\d)0\d{{2,3}}-\d{{7,8}}\b|(?<!\d)\d{{1,2}}时(?:\d{{1,2}}分)?许?|(?<![a-z])[a-z]{{2,40}}-\d{{4}}-[a-z]?\d{{4,}}|等\d+[人名位]|(?<!\d)\d+(?:个?工作日|人次|[日天件项条元])内?)[{_BEHIND}]*)|(?P<keep>见义勇为|勇士|记功奖励)"
)

_BEHIND_A_NAME = re.compile(rf"(?:等\d+[人名位])?[{_BEHIND}]*")


_OF_DICTIONARIES = frozenset(dir(dict))


class _Template(Template):
    @classmethod
    def from_code(cls, *args: Any, **rest: Any) -> Template:
        """A compiled template that escapes with :func:`escaped`: what it prints is joined at once, and remembering of
        each word that it is HTML took a fifth of the time of a page."""
        made = super().from_code(*args, **rest)
        made.root_render_func.__globals__["escape"] = escaped
        return made


class _Environment(Environment):
    template_class = _Template

    def getattr(self, obj: Any, attribute: str) -> Any:
        """``w.lead``: words are looked up in dictionaries, and an attribute that is none is found out slowly."""
        if type(obj) is dict and attribute in obj and attribute not in _OF_DICTIONARIES:
            return obj[attribute]
        try:
            return getattr(obj, attribute)
        except AttributeError:
            return super().getattr(obj, attribute)


@cache
def _environment(language: Language) -> Environment:
    """模板环境 of one language, made once a process; a template is compiled when it is first asked for by anybody."""
    made = _Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=CompiledTemplates(_TEMPLATES),
    )
    made.globals["common"] = wording("common")
    made.globals["kinds"] = wording("titles")["kinds"]
    made.globals["language"] = language
    made.filters.update(
        cn_date=cn_date,
        cn_day=cn_day,
        cn_moment=cn_moment,
        cn_last_moment=cn_last_moment,
        iso=iso,
        fill=fill,
        whole=whole,
        status_label=status_label,
        age_words=age_words,
        way=way,
        script_json=script_json,
    )
    return made


def compile_templates() -> None:
    """Compile every template, for processes that are forked off after that and would each do so themselves."""
    environment = _environment(spoken())
    for name in environment.list_templates():
        environment.get_template(name)


def render(template: str, values: Mapping[str, Any]) -> str:
    """One template with ``values``, as an HTML fragment. ``w`` are its words, of the catalogue."""
    return _environment(spoken()).get_template(template).render(values).strip()


def macros(template: str, values: Mapping[str, Any]) -> TemplateModule:
    """The macros of one template, for fragments of which there are many: it is run once, and not for each of them."""
    return _environment(spoken()).get_template(template).make_module(dict(values))


def cn_date(value: date | datetime | PartialDay) -> str:
    """日期: 2026年11月26日; a partial date as far as it goes."""
    if isinstance(value, datetime):
        return day_words(value.astimezone(SHANGHAI).date())
    return day_words(value) if isinstance(value, date) else partial_day_words(value)


def cn_day(value: date) -> str:
    """日期 without its year: 11月26日."""
    return day_words(value, year=False)


def cn_last_moment(row: NoticeRow, *, year: bool = True) -> str:
    """最后时刻 of a list row: 2026年11月26日 24:00, never 00:00 of the day after."""
    return closing_words(row.closes_on, row.closes_at, year=year)


def cn_moment(value: datetime | date | str) -> str:
    """时刻 in Beijing time: 2026年11月22日 09:00; of a day the day alone. Words stay as they are."""
    if isinstance(value, str):
        return value
    return moment_words(value) if isinstance(value, datetime) else day_words(value)


def iso(value: date | datetime) -> str:
    """ISO 8601; an instant to the second with ``+08:00``."""
    if isinstance(value, datetime):
        return value.astimezone(SHANGHAI).isoformat(timespec="seconds")
    return value.isoformat()


def way(path: str, here: str, root: str) -> str:
    """The way to ``path`` from the page at ``here``: short to what lies beneath it or beside it, else from the
    ``root``; always from there where ``here`` is empty."""
    beside = here.rstrip("/").rpartition("/")[0]
    if here and path.startswith(here):
        return path.removeprefix(here) or "./"
    return (
        f"../{path.removeprefix(f'{beside}/')}" if beside and path.startswith(f"{beside}/") else root + path
    )


def fill(words: str, /, **values: Any) -> str:
    """A catalogue sentence with its values; a figure keeps its unit on its line (7 件). Raises
    ``KeyError`` for a value the sentence names and the template does not give."""
    return _FIGURE_AND_UNIT.sub("\u00a0", words.format(**values))


def whole(text: str, names: Sequence[str] = ()) -> Markup:
    """Text whose dates, telephone and record numbers, figures with their units, 等3人, 见义勇为 and ``names`` stay on one line each.
    For titles, organs, facts and sentences too long to break at their marks alone, as ``word-break: keep-all`` has it;
    nothing is added to what is read or copied."""
    for name in filter(None, names):
        before, found, after = text.partition(name)
        if found:
            end = cast("re.Match[str]", _BEHIND_A_NAME.match(after))[0]
            kept, after = f'<span class="yy-whole">{escape(name)}{end}</span>', after.removeprefix(end)
            return Markup(f"{whole(before, names)}{kept}{whole(after, names)}")
    return Markup(_WHOLE.sub(_on_one_line, escape(text)))


def _on_one_line(found: re.Match[str]) -> str:
    return found[0] if found.lastgroup is None else f'<span class="yy-{found.lastgroup}">{found[0]}</span>'


def status_label(status: str) -> str:
    """状态的名称."""
    return str(wording("common")["status"][str(status)])


def age_words(age: str) -> str:
    """年龄: 时年34岁; 时年二十余岁 for a decade (``20s``)."""
    forms = wording("common")["person"]
    if age.endswith("s"):
        return str(forms["age_words"]).format(age=forms["decades"][age])
    return str(forms["age"]).format(age=age)


def script_json(value: Any) -> Markup:
    """JSON safe inside ``<script>``: no text of a record can end the element or open another."""
    return Markup(compact_text(value))
