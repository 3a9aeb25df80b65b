"""中文 Windows 上存的文字 (Windows text): what Excel and Notepad save there."""

from __future__ import annotations

_ENCODINGS = ("utf-8-sig", "gb18030")
"""UTF-8, with or without its mark, and what “ANSI” is on a Chinese Windows."""


def windows_text(data: bytes) -> str | None:
    """The text of a file's bytes; None where they are no text."""
    for encoding in _ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    return None
