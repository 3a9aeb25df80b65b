"""问明的答案 (asked answers): questions of a form, answered on the command line or when they are asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

import typer

from generator.cli.shared_options import fail, misuse
from generator.desk.cell_values import CellError
from generator.desk.new_entry import Question, is_asked
from generator.diagnostics import Place, diagnose
from generator.diagnostics.staff import staff_words

Answers = Annotated[
    list[str] | None, typer.Option("--set", metavar="问题=答案", help="事先答好一个问题，可以多个")
]


def given_answers(pairs: Sequence[str], questions: Sequence[Question]) -> dict[str, str]:
    """What was answered on the command line, by field. A question is named by its words or by its field."""
    known = {
        name: item.key for item in questions for name in (item.ask, item.ask.partition("（")[0], item.key)
    }
    found: dict[str, str] = {}
    for pair in pairs:
        name, _, answer = pair.partition("=")
        if name not in known:
            terms = {"found": name, "known": "、".join(item.ask for item in questions)}
            misuse(diagnose("DSK064", Place(path="--set"), terms=terms))
        found[known[name]] = answer
    return found


def answers_to(questions: Sequence[Question], given: Mapping[str, str]) -> dict[str, str]:
    """Every answer that is not empty, by its field."""
    said: dict[str, str] = {}
    for question in questions:
        if not is_asked(question, said):
            continue
        value = (
            _given_answer(question, given[question.key]) if question.key in given else _asked(question, given)
        )
        if value is not None:
            said[question.key] = value
    return said


def _given_answer(question: Question, answer: str) -> str | None:
    try:
        return question.read(answer)
    except CellError as error:
        place = Place(path=f"--set {question.ask}", shown=False)
        terms = {"allowed": "、".join(question.choices), "key": question.ask, "title": question.ask}
        fail(diagnose(error.code, place, facts={"found": error.found}, terms=terms))


def _asked(question: Question, given: Mapping[str, str]) -> str | None:
    """Ask until the answer can be read. With answers on the command line, what is left over is not asked."""
    if given and not question.required:
        return None
    words = staff_words()["new"]
    label = question.ask + (f"［{'、'.join(question.choices)}］" if question.choices else "")
    while True:
        answer = typer.prompt(label, default="", show_default=False)
        try:
            return question.read(answer)
        except CellError as error:
            typer.echo(words["again"][error.code].format(found=error.found), err=True)
