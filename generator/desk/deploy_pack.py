"""部署包 (deploy pack): a site in one file for the web server, and the digests by which tampering shows (网页防篡改)."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import tarfile
from datetime import datetime
from pathlib import Path

PACK, MANIFEST = "site.tar.gz", "SHA256SUMS"
_STATUS = "api/v1/status.json"
_READABLE = 0o644


class NoSiteError(Exception):
    """那里没有建成的站点."""


class StrangeFileError(Exception):
    """站点里有不是普通文件的东西, such as a link: its path."""


def write_pack(site: Path, folder: Path) -> int:
    """Write :data:`PACK` and :data:`MANIFEST` of ``site`` into ``folder``; how many files it has.

    The same site gives the same bytes. Raises :class:`NoSiteError` and :class:`StrangeFileError`.
    """
    moment = _moment(site)
    files = _files(site)
    lines: list[str] = []
    with (
        (folder / PACK).open("wb") as out,
        gzip.GzipFile("", "wb", fileobj=out, mtime=0) as packed,
        tarfile.open(mode="w", fileobj=packed, format=tarfile.PAX_FORMAT) as archive,
    ):
        for name in files:
            data = (site / name).read_bytes()
            lines.append(_line(hashlib.sha256(data).hexdigest(), name))
            entry = tarfile.TarInfo(name)
            entry.size, entry.mtime, entry.mode = len(data), moment, _READABLE
            archive.addfile(entry, io.BytesIO(data))
    (folder / MANIFEST).write_text("".join(lines), encoding="utf-8", newline="\n")
    return len(files)


def _moment(site: Path) -> int:
    """The instant for which the site was built, in seconds since 1970."""
    try:
        status = json.loads((site / _STATUS).read_bytes())
        return int(datetime.fromisoformat(status["as_of"]).timestamp())
    except (OSError, ValueError, KeyError, TypeError):
        raise NoSiteError(str(site)) from None


def _files(site: Path) -> list[str]:
    names = []
    for path in site.rglob("*"):
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            raise StrangeFileError(path.relative_to(site).as_posix())
        if path.is_file():
            names.append(path.relative_to(site).as_posix())
    return sorted(names)


def _line(digest: str, name: str) -> str:
    """A line that ``sha256sum -c`` reads; it has signs of its own for a name with a backslash or a line break."""
    escaped = name.replace("\\", "\\\\").replace("\n", "\\n")
    return f"{'' if escaped == name else chr(92)}{digest}  {escaped}\n"
