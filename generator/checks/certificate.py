"""证书号核对 (certificate check): codes that nobody can check, or that somebody could guess. Messages name their place and never the code."""

from __future__ import annotations

from generator.cases.case import Case
from generator.checks.problem import CaseProblem, Problems
from generator.public.verification.certificate_code import LENGTH, fault_of

_CODES = {"form": "CRT001", "check": "CRT002", "regular": "CRT003"}


def check_certificates(case: Case) -> Problems:
    """Every certificate code of one case."""
    for number, honour in enumerate(case.honours):
        if honour.certificate_code is not None and (fault := fault_of(honour.certificate_code)) is not None:
            field = f"honours[{number}].certificate_code"
            yield CaseProblem(code=_CODES[fault], field=field, terms={"length": LENGTH})
