"""对照表 (comparison table): the policy comparison as CSV and XLSX.

One column a text and the days on which it held, one row a topic. A cell is the words of every
provision with its article, or which of the silences it is.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from generator.catalogue import wording
from generator.law.instruments.policy_words import topic_words
from generator.outputs.data.table_writers import neutral
from generator.pages.policy.policy_compare import Column, Stretch
from generator.pages.policy.policy_views import Statement, TopicView
from generator.pages.templating import cn_date
from generator.public.context import SiteContext
from generator.source.model.law_words import Topic

_WIDTHS = (16, 44)
"""Of the column of topics and of every other, in characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """一张表: header rows first, then a row a topic; every row as long as the first."""

    name: str
    head: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[str, ...], ...]


def compare_csv(found: tuple[Column, ...]) -> bytes:
    """对照表 as CSV: every place and version; UTF-8 with BOM, CRLF, no cell that could be a formula."""
    sheet = _all_sheet(found)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([neutral(cell) for cell in row] for row in (*sheet.head, *sheet.rows))
    return text.getvalue().encode("utf-8-sig")


def compare_xlsx(found: tuple[Column, ...], context: SiteContext) -> bytes:
    """对照表 as XLSX: what holds at ``context.day``, every version, and what the words mean.

    All cells are text, so nothing is ever calculated; the same context gives the same bytes.
    """
    import xlsxwriter  # type: ignore[import-untyped]

    file = io.BytesIO()
    book = xlsxwriter.Workbook(
        file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    made = context.midnight.replace(tzinfo=None)
    book.set_properties({"title": wording("policies")["compare"]["title"], "created": made})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    for sheet in (_now_sheet(found, context), _all_sheet(found)):
        page = book.add_worksheet(sheet.name)
        page.freeze_panes(len(sheet.head), 1)
        page.set_landscape()
        page.set_paper(9)
        page.repeat_rows(0, len(sheet.head) - 1)
        page.set_column(0, 0, _WIDTHS[0])
        page.set_column(1, len(sheet.head[0]) - 1, _WIDTHS[1])
        for number, row in enumerate((*sheet.head, *sheet.rows)):
            for column, cell in enumerate(row):
                strong = number < len(sheet.head) or column == 0
                page.write_string(number, column, cell, bold if strong else wrap)
    words = wording("policies")["table"]
    about = book.add_worksheet(words["sheet_about"])
    about.set_column(0, 0, 90)
    for number, line in enumerate(words["about"]):
        text = line.format(as_of=cn_date(context.day), licence=context.site.licence)
        about.write_string(number, 0, text, wrap)
    book.close()
    return file.getvalue()


def _now_sheet(every: tuple[Column, ...], context: SiteContext) -> Sheet:
    found = [(column, stretch) for column in every if (stretch := column.now) is not None]
    name = wording("policies")["table"]["sheet_now"].format(day=context.day)
    return _sheet(name, found)


def _all_sheet(every: tuple[Column, ...]) -> Sheet:
    """Every text at hand, with the days on which it holds."""
    found = [(column, stretch) for column in every for stretch in column.by_text]
    return _sheet(wording("policies")["table"]["sheet_all"], found)


def _sheet(name: str, found: list[tuple[Column, Stretch]]) -> Sheet:
    words = wording("policies")["table"]
    head = (
        (words["topic"], *(column.place.name for column, _ in found)),
        (words["row_instrument"], *("\n".join(title for title, _ in s.titles) for _, s in found)),
        (words["row_dates"], *(_dates(stretch) for _, stretch in found)),
    )
    rows = tuple(
        (topic_words(topic), *("\n".join(cell_lines(stretch.views[topic])) for _, stretch in found))
        for topic in Topic
    )
    return Sheet(name=name, head=head, rows=rows)


def _dates(stretch: Stretch) -> str:
    words = wording("policies")
    dates = str(words["table"]["dates"]).format(since=stretch.since_in_words, until=stretch.until_in_words)
    return f"{dates}（{words['compare']['doubtful']}）" if stretch.doubtful else dates


def cell_lines(view: TopicView) -> Iterator[str]:
    """一格的各行: every provision in words with its article, or the silence; then those from above."""
    words = wording("policies")
    told = {item.silence.words for item in view.statements if item.silent}
    # An article that leaves the matter open says so in its own line.
    if view.goes_on is not None:
        yield view.goes_on.words
    if view.status != "stated" and view.silence.words not in told:
        yield view.silence.words
    yield from map(_line, view.statements)
    for higher in view.above:
        form = words["compare"]["above" if higher == view.by_above else "beside"]
        yield str(form).format(level=words["levels"][higher.level])
        if not higher.statements:
            yield higher.silence.words
        yield from map(_line, higher.statements)


def _line(statement: Statement) -> str:
    words = wording("policies")
    parts = [] if statement.figure is None else [statement.figure.words]
    if statement.silent:
        parts.append(statement.silence.words)
    parts.append(statement.summary)
    parts += [
        "；".join(item.entries) + "。" for item in statement.listings if item.key in ("items", "titles")
    ]
    return str(words["table"]["cell"]).format(
        words=" ".join(parts), article=f"{statement.source}{statement.cited}"
    )
