"""审核 (audit): proof that a built site holds nothing that was withheld."""

from generator.audit.changed_parts import FormerFiles
from generator.audit.kept_variants import KeptVariants
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
from generator.audit.searched_variants import SearchedVariants, variants_of
from generator.audit.site_audit import BLOT, Auditor, audit_site

__all__ = [
    "BLOT",
    "Answer",
    "AuditReport",
    "Auditor",
    "Finding",
    "FormerFiles",
    "KeptVariants",
    "Matcher",
    "Problem",
    "Searched",
    "Secret",
    "SecretStrings",
    "SearchedVariants",
    "Secrets",
    "audit_site",
    "variants_of",
    "parse_answer",
]
