"""证书号核对 (certificate check): codes that cannot be checked, or could be guessed. They are told by place alone."""

from __future__ import annotations

from generator.cases.case import Case
from generator.checks.problem import CaseProblem, Problems
from generator.public.verification.certificate_code import LENGTH, fault_of
from generator.source.model.partial_day import whole_day

_CODES = {"form": "CRT001", "check": "CRT002", "regular": "CRT003"}


def check_certificates(case: Case) -> Problems:
    """Every certificate code of one case."""
    for number, honour in enumerate(case.honours):
        if honour.certificate_code is not None and (fault := fault_of(honour.certificate_code)) is not None:
            field = f"honours[{number}].certificate_code"
            yield CaseProblem(code=_CODES[fault], field=field, terms={"length": LENGTH})
        if honour.certificate_code is not None and whole_day(honour.published_on) is None:
            yield CaseProblem(code="CRT005", field=f"honours[{number}].certificate_code", quoted=False)
