"""用错 (misuse): a command line that cannot be understood, told in the language of the staff."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from typer import BadParameter
from typer.exceptions import TyperException

from generator.diagnostics.staff import staff_words

_QUOTED = re.compile(r"'([^']+)'")
_EXTRA = re.compile(r"unexpected extra argument.*\((.*)\)")


def misuse_words(error: TyperException) -> str:
    """What is wrong with the command line, and where its help stands."""
    words: Mapping[str, str] = staff_words()["misuse"]
    context: Any = getattr(error, "ctx", None)
    said = [_problem(error, words)]
    if near := _near(error):
        said.append(words["near"].format(names="、".join(near)))
    command = context.command_path if context is not None else "yiyong"
    said.append(words["help"].format(command=f"{command} --help"))
    return "\n".join(said)


def _problem(error: TyperException, words: Mapping[str, str]) -> str:
    message = str(getattr(error, "message", "") or error)
    match type(error).__name__:
        case "NoSuchOption":
            return words["no_option"].format(name=getattr(error, "option_name", ""))
        case "BadOptionUsage":
            return words["no_value"].format(name=getattr(error, "option_name", ""))
        case "MissingParameter":
            return words["missing"].format(name=_parameter(error))
        case "UsageError" if "No such command" in message:
            return words["no_command"].format(name=_QUOTED.findall(message)[0])
        case "UsageError" if (extra := _EXTRA.search(message)) is not None:
            return words["extra"].format(names=extra[1])
    if isinstance(error, BadParameter):
        return words["bad_value"].format(name=_parameter(error), why=message)
    return message


def _parameter(error: Any) -> str:
    parameter, hint = error.param, error.param_hint
    return str(hint or (parameter.opts[0] if parameter is not None else ""))


def _near(error: TyperException) -> list[str]:
    """Options or commands of nearly the same name."""
    possible = getattr(error, "possibilities", None)
    if possible:
        return sorted(possible)
    message = str(error)
    return _QUOTED.findall(message)[1:] if "Did you mean" in message else []
