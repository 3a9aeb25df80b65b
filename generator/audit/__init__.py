"""审核 (audit): proof that a built site holds nothing that was withheld."""

from generator.audit.changed_parts import FormerFiles
from generator.audit.kept_forms import FormsInUse, FormsKeeper, KeptForms
from generator.audit.leaks import (
    Answer,
    AuditReport,
    Finding,
    Problem,
    Searched,
    Secret,
    Secrets,
    SecretStrings,
    parse_answer,
)
from generator.audit.matcher import Matcher
from generator.audit.site_audit import BLOT, Auditor, audit_site

__all__ = [
    "BLOT",
    "Answer",
    "AuditReport",
    "Auditor",
    "Finding",
    "FormerFiles",
    "FormsInUse",
    "FormsKeeper",
    "KeptForms",
    "Matcher",
    "Problem",
    "Searched",
    "Secret",
    "SecretStrings",
    "Secrets",
    "audit_site",
    "parse_answer",
]
