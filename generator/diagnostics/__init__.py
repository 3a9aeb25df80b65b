"""诊断 (diagnostics): what is wrong, where, why, and how to mend it.

A :class:`Diagnostic` carries a stable code, a :class:`Place` and two kinds of parameters:

* ``facts`` come from a record (a name, a date, a line). They are shown only when the record says
  positively that it is public (``Place.shown``); otherwise they are set apart when the diagnostic is
  made, and only the text that staff ask for on their own terminal looks there.
* ``terms`` come from the schema, the law or the settings (a key, an article, a limit). They are
  always shown.

The wording lives in ``generator/catalogue/diagnostics/*.yml``, never in Python.
"""

from generator.diagnostics.diagnostic import Diagnostic, Place, Severity, diagnose, has_errors, sort_key
from generator.diagnostics.explain import UnknownCodeError, explain
from generator.diagnostics.phrasing import Lang
from generator.diagnostics.report import format_github, format_json, format_text

__all__ = [
    "Diagnostic",
    "Lang",
    "Place",
    "Severity",
    "UnknownCodeError",
    "diagnose",
    "explain",
    "format_github",
    "format_json",
    "format_text",
    "has_errors",
    "sort_key",
]
