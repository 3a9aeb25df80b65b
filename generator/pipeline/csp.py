"""内容安全策略 (Content-Security-Policy) of a page, with the hashes of its own inline scripts.

The theme has a few inline scripts, one of which differs with the depth of the page. Their hashes are
taken from the HTML itself when it is built and the policy stands in its head, so that page and policy
cannot part, whatever server holds the files. What a ``<meta>`` cannot say (who may frame the page)
stands in the headers under ``site_config/deploy/``.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Iterable

_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script\s*>", re.DOTALL | re.IGNORECASE)
_SOURCE = re.compile(r"\ssrc\s*=", re.IGNORECASE)
_DATA = re.compile(
    r"""\stype\s*=\s*["']?(?:application/(?:[a-z]+\+)?json|text/plain)(?=["'\s>]|$)""", re.IGNORECASE
)
_CHARSET = re.compile(r"""<meta charset=["']?utf-8["']?\s*/?>""", re.IGNORECASE)

DIRECTIVES = (
    ("default-src", "'none'"),
    ("script-src", "'self'{hashes}"),
    ("style-src", "'self'"),
    # Lengths of bars are set on the element; a style there can load nothing but images of this site.
    ("style-src-attr", "'unsafe-inline'"),
    # The icons of the theme's style sheets are data: addresses.
    ("img-src", "'self' data:"),
    ("font-src", "'self'"),
    ("connect-src", "'self'"),
    ("manifest-src", "'self'"),
    ("worker-src", "'self'"),
    ("form-action", "'self'"),
    ("base-uri", "'self'"),
)
"""指令, in order. No other origin, no inline script without its hash, no ``eval``."""


def with_policy(page: str) -> str:
    """The HTML document with its policy, before anything that the policy is about.

    Raises ``ValueError`` when the document does not say its charset, after which the policy stands.
    """
    found = _CHARSET.search(page)
    if found is None:
        raise ValueError("the page does not begin with its charset")
    # Its single quotes need no escaping between double ones.
    content = html.escape(policy(inline_scripts(page)), quote=False)
    meta = f'<meta http-equiv="Content-Security-Policy" content="{content}">'
    return f"{page[: found.end()]}{meta}{page[found.end() :]}"


def policy(scripts: Iterable[str]) -> str:
    """The policy under which exactly these inline scripts run."""
    hashes = "".join(f" '{value}'" for value in sorted({script_hash(script) for script in scripts}))
    return "; ".join(f"{name} {sources.format(hashes=hashes)}" for name, sources in DIRECTIVES)


def inline_scripts(page: str) -> tuple[str, ...]:
    """The programs that stand in the page itself; data blocks (JSON, JSON-LD, plain text) are none."""
    return tuple(
        text
        for attributes, text in _SCRIPT.findall(page)
        if not _SOURCE.search(attributes) and not _DATA.search(attributes)
    )


def script_hash(script: str) -> str:
    """``sha256-…`` of a script as the browser counts it: line ends as one character, in UTF-8."""
    normal = script.replace("\r\n", "\n").replace("\r", "\n")
    return "sha256-" + base64.b64encode(hashlib.sha256(normal.encode()).digest()).decode()
