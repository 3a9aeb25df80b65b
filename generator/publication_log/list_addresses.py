"""名单的地址 (addresses of lists): ``registry/publications/addresses.txt``, every file of a list that was ever published.

How many parts a list has, and which years and months have one, depends on records, and records can be withheld, taken
back or corrected. The address of a part that nothing calls for any more must answer all the same, and no build can
know it from what is left. So each publication notes the addresses of its lists: one path from the root a line,
sorted, none ever removed. Of a record itself nothing is noted: neither its page nor its files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from generator.publication_log.publication_ledger import FOLDER, LedgerFault, replaced

FILE = f"{FOLDER}/addresses.txt"
_ADDRESS = re.compile(
    r"(?:notices|honours|decisions|policies|changes|daily|feeds|api|data|en)/(?:[a-z0-9_-]+/)*[a-z0-9_-]+\.(?:html|atom|json|xlsx)"
)
"""Below these folders a list may have one file more or one fewer."""
_RECORD = re.compile(r"-[0-9]{4}-[hd]?[0-9]{4,5}[./]")
"""The number of a record, which ends a folder's name or a file's."""


def read_addresses(root: Path) -> tuple[frozenset[str], list[LedgerFault]]:
    """The addresses noted in the project in ``root``, and every line that is none (``PUB008``)."""
    file = root / FILE
    if not file.is_file():
        return frozenset(), []
    addresses: set[str] = set()
    faults: list[LedgerFault] = []
    for number, line in enumerate(file.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
        if _is_list(line):
            addresses.add(line)
        else:
            faults.append(LedgerFault(code="PUB008", file=FILE, line=number))
    return frozenset(addresses), faults


def note_addresses(root: Path, paths: Iterable[str]) -> None:
    """记下 the addresses of lists among ``paths``, files of the site, beside those that stand there."""
    known, _ = read_addresses(root)
    every = known.union(filter(_is_list, paths))
    if every > known:
        (root / FOLDER).mkdir(parents=True, exist_ok=True)
        replaced(root / FILE, "".join(f"{path}\n" for path in sorted(every)).encode())


def _is_list(path: str) -> bool:
    return _ADDRESS.fullmatch(path) is not None and _RECORD.search(path) is None
