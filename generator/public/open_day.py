"""留空的日子 (open day): lists say of which day they are; this leaves that day open until a page is written.

A list whose records are those of the day before is then the same page with another day in it, and nothing of it is rendered
anew.
"""

from __future__ import annotations

OPEN_DAY = "᱉᱉᱉᱉年᱉᱉月᱉᱉日"
"""Stands for a day in words (2026年11月22日), in figures that no record is written in. What is set around a date is set
around it too."""
OPEN_ISO_DAY = "᱉᱉᱉᱉-᱉᱉-᱉᱉"
"""Stands for a day in ISO 8601, likewise."""
OPEN_APA_DAY = "0yydayapa0"
"""Likewise as APA has it, which no list prints by itself."""
OPEN_SINCE, OPEN_UNTIL, OPEN_WORDS = "0yydaysince0", "0yydayuntil0", "0yydaywords0"
"""Stand for how fresh a page of the day is."""

Place = tuple[int, int, str]
"""一处 where a file tells the day: where it begins and its length, in bytes, and which of these stood for it."""
