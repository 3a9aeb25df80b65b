"""用错 (misuse): a command line that cannot be understood, told in the language of the staff."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from typer import BadParameter
from typer.exceptions import TyperException

from generator.diagnostics.staff import staff_words

_QUOTED = re.compile(r"'([^']+)'")
_EXTRA = re.compile(r"unexpected extra argument.*\((.*)\)")
_PATH = re.compile(
    r"\w+ (?P<quote>['\"])(?P<path>.*)(?P=quote) "
    r"(?P<how>does not exist|is a file|is a directory|is not readable|is not writable)\.",
    re.DOTALL,
)
_CHOICE = re.compile(r".*?'(?P<found>.*)' is not one of (?P<known>.*)\.")


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
        return words["bad_value"].format(name=_parameter(error), why=_why(error, message))
    return message


def _why(error: BadParameter, message: str) -> str:
    """Our own words; and those of the library, which has English alone, in the language of the staff."""
    reasons: Mapping[str, str] = staff_words()["bad_values"]
    if (found := _PATH.fullmatch(message)) is not None:
        return reasons[found["how"]].format(path=found["path"])
    if (chosen := _CHOICE.fullmatch(message)) is not None:
        return reasons["choice"].format(
            found=chosen["found"], known="、".join(_QUOTED.findall(chosen["known"]))
        )
    if isinstance(error.__cause__, ValidationError):
        first = error.__cause__.errors()[0]
        bounds: Mapping[str, Any] = {"le": "", "ge": "", **first.get("ctx", {})}
        if (reason := reasons.get(first["type"])) is not None:
            return reason.format(found=first["input"], most=bounds["le"], least=bounds["ge"])
    return message


def _parameter(error: Any) -> str:
    """``--root``; an argument as the help calls it, ``SITE``."""
    if error.param_hint or error.param is None:
        return str(error.param_hint or "")
    name = str(error.param.opts[0])
    return name if name.startswith("-") else str(error.param.metavar or name.upper())


def _near(error: TyperException) -> list[str]:
    """Options or commands of nearly the same name."""
    possible = getattr(error, "possibilities", None)
    if possible:
        return sorted(possible)
    message = str(error)
    return _QUOTED.findall(message)[1:] if "Did you mean" in message else []
