"""问是否 (asked yes): a question that is answered with 是 or 否, or with y or n."""

from __future__ import annotations

from unicodedata import normalize

import typer

from generator.diagnostics.staff import staff_words

_SAID = {"是": True, "是的": True, "y": True, "yes": True, "否": False, "不": False, "n": False, "no": False}


def confirmed(question: str, *, otherwise: bool | None = False) -> bool:
    """What was answered; ``otherwise`` where nothing was, and asked again where that is None."""
    words = staff_words()["yes_or_no"]
    while True:
        shown = words["hint"] if otherwise is None else words["hint_no"]
        said = normalize("NFKC", typer.prompt(f"{question}{shown}", default="", show_default=False))
        answer = _SAID.get(said.strip().casefold(), otherwise if not said.strip() else None)
        if answer is not None:
            return answer
        typer.echo(words["again"], err=True)
