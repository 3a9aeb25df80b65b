"""诊断目录: the wording of every code, read from ``generator/catalogue/diagnostics/*.yml``.

One entry a code::

    SRC004:
      severity: error
      zh: {title: …, message: …, expected: …, why: …, mend: …}
      en: {title: …, message: …, expected: …, why: …, mend: …}

``message``, ``expected`` and ``mend`` may name facts and terms in braces; how they are filled in is
described in :mod:`generator.diagnostics.phrasing`. ``expected`` alone may be empty. An entry may list
``kinds``: names under which pydantic and the types of ``generator.source.model`` refuse a value; such an
error is told with this code.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

_FOLDER = Path(__file__).parent.parent / "catalogue" / "diagnostics"


@cache
def entries() -> dict[str, dict[str, Any]]:
    """Every code with its entry, sorted by code. Raises ``ValueError`` for a code entered twice."""
    found: dict[str, dict[str, Any]] = {}
    for name, data in _files().items():
        for code, item in _parsed(data).items():
            if code in found:
                raise ValueError(f"{code} is entered twice; second time in {name}")
            found[code] = item
    return dict(sorted(found.items()))


@cache
def entry(code: str) -> dict[str, Any]:
    """The entry of one code. Raises ``KeyError`` when the catalogue has none."""
    # Most runs tell of one kind of thing: the other files need not be parsed.
    begins = f"{code}:\n".encode()
    for data in _files().values():
        if data.startswith(begins) or b"\n" + begins in data:
            return _parsed(data)[code]
    raise KeyError(code)


@cache
def _files() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(_FOLDER.glob("*.yml"))}


@cache
def _parsed(data: bytes) -> dict[str, dict[str, Any]]:
    return yaml.load(data, Loader=yaml.CSafeLoader) or {}
