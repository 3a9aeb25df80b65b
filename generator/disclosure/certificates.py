"""证书号的去向: a code goes no further than this module. Only the slow hash of a public honour's code leaves it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.cases.case import Case
from generator.public.public_case import HonourStatus, PublicCase, PublicHonour
from generator.public.verification.answer_shards import Certificate
from generator.public.verification.certificate_code import canonical
from generator.public.verification.slow_hash import SlowHash, fingerprint


def public_certificates(case: Case, public: PublicCase, slow: SlowHash) -> Iterator[Certificate]:
    """可以核验的证书: the public honours of ``case`` that have a code. An honour that is not public has no certificate here."""
    shown = {honour.id: honour for honour in public.honours}
    for record in case.honours:
        honour = shown.get(record.id)
        code = canonical(record.certificate_code or "")
        if honour is not None and code is not None:
            yield Certificate(
                seed=slow.seed(code), honour=honour.id, status=honour.status.value, since=_since(honour)
            )


def code_fingerprints(case: Case, salt: bytes) -> tuple[tuple[int, bytes], ...]:
    """证书号的指纹, with the number of the honour: of every record, public or not, to find a code used twice."""
    return tuple(
        (number, fingerprint(code, salt))
        for number, record in enumerate(case.honours)
        if (code := canonical(record.certificate_code or "")) is not None
    )


def _since(honour: PublicHonour) -> date:
    """状态自何日起: of publication, of the last correction, or of the revocation."""
    if honour.status is HonourStatus.REVOKED and honour.revoked_on is not None:
        return honour.revoked_on
    return max([honour.published_on, *(item.corrected_on for item in honour.corrections)])
