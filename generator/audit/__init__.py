"""审核 (audit): proof that a built site holds nothing that was withheld."""

from generator.audit.changed_parts import FormerFiles
from generator.audit.kept_forms import KeptForms
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
from generator.audit.searched_forms import SearchedForms, forms_of
from generator.audit.site_audit import BLOT, Auditor, audit_site

__all__ = [
    "BLOT",
    "Answer",
    "AuditReport",
    "Auditor",
    "Finding",
    "FormerFiles",
    "KeptForms",
    "Matcher",
    "Problem",
    "Searched",
    "Secret",
    "SecretStrings",
    "SearchedForms",
    "Secrets",
    "audit_site",
    "forms_of",
    "parse_answer",
]
