"""算写法 (variants that are searched for): of each withheld word all variants, each with the mark of its rule."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick

from generator.audit.allusions_in_site import (
    blocks_of,
    of_birth,
    of_hidden_name,
    of_mailbox,
    of_number,
    of_parts,
    roads_of,
)
from generator.audit.kept_variants import DIGITS, RAW, WORDS, MadeVariants, VariantsInUse, VariantsPacker
from generator.audit.leaks import Secret, Secrets
from generator.audit.patterns import Rule, as_syllables, marked
from generator.audit.pinyin_variants import SHORTEST_PINYIN_IN_PATH, initial_variants, pinyin_variants
from generator.audit.text_pieces import pieces
from generator.spellings.encodings import in_old_encodings
from generator.spellings.folding import fold

LONGEST = 1_024
"""Characters of a variant. Of a longer word its beginning is looked for: two chunks of a text have no more in common, and
to make an automaton of one character a hundred thousand times takes half an hour."""
SHORTEST = 2
SURE_DIGITS = 7
"""Figures that are nobody else's number."""
OF_NAMES = frozenset({Rule.CALLED, Rule.ADDRESSED, Rule.GIVEN, Rule.SHORTENED})
"""Rules whose words stand in ordinary text too: where the site's own wording has them, they tell nothing."""
_SHORTEST_ASCII = 4
_ROMANISED = frozenset({"name", "unit", "school", "address", "other"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchedVariants:
    """要找的写法: those that were ``made`` for this audit and, of all other words, those that were ``kept``."""

    made: MadeVariants
    kept: VariantsInUse | None = None


def variants_of(secrets: Secrets, kept: VariantsInUse | None = None) -> SearchedVariants:
    """All variants of the words of ``secrets``; of those whose variants were ``kept`` none is worked out."""
    numbers: Iterable[int] = range(len(secrets.strings))
    if kept is not None:
        numbers_of = secrets.by_record.numbers()
        anew = (numbers_of[label] for label in kept.anew if label in numbers_of)
        numbers = sorted(itertools.chain.from_iterable(anew))
    return SearchedVariants(made=_made(secrets, numbers), kept=kept)


def _made(secrets: Secrets, numbers: Iterable[int]) -> MadeVariants:
    words, raw, digits = VariantsPacker(WORDS), VariantsPacker(RAW), VariantsPacker(DIGITS)
    common = {fold(word) for word in secrets.common}
    ordinary = _ordinary(secrets, numbers)
    too_short: list[int] = []
    in_bytes: list[tuple[int, str]] = []
    for number in numbers:
        secret = secrets.strings[number]
        whole = fold(secret.text)
        if whole in common:
            continue
        if len(whole) < (_SHORTEST_ASCII if whole.isascii() else SHORTEST):
            too_short.append(number)
            continue
        # What the wording has of one name decides nothing about another: variants are kept, whoever goes.
        hidden = secret.kind == "name" and secret.hidden
        for variant in _tellings(secret, whole, ordinary if hidden else secrets.ordinary):
            words.add(variant.encode(), number)
        if secret.kind == "birth_date":
            continue  # Of the day itself only what is read as one, whatever else has these figures.
        for piece in pieces(secret.text, secret.kind):
            folded = whole if piece is secret.text else fold(piece)
            begins = folded[:LONGEST]
            variant = begins if folded == whole else marked(Rule.PART, begins)
            words.add(variant.encode(), number)
            in_bytes.append((number, piece[:LONGEST]))
        if secret.kind in _ROMANISED:
            for pinyin in pinyin_variants(secret.text):
                joined = "".join(pinyin)
                # 吴涵 in pinyin is in every address of 武汉: looking for it would tell nothing.
                if SHORTEST_PINYIN_IN_PATH <= len(joined) <= LONGEST and joined not in common:
                    words.add(as_syllables(pinyin).encode(), number)
        if len(whole) >= SURE_DIGITS and whole.rstrip("x").isdigit():
            digits.add(whole[:LONGEST].upper().encode(), number)
    old = in_old_encodings([piece for _, piece in in_bytes])
    for (number, piece), others in zip(in_bytes, old, strict=True):
        raw.add(b"\0" + piece.encode("utf-8", "surrogatepass"), number)
        for codec, encoded in others:
            raw.add(bytes([codec]) + encoded, number)
    lots = (lot for variants in (words, raw, digits) for lot in variants.packed())
    return MadeVariants(lots=tuple(lots), too_short=tuple(too_short))


def _tellings(secret: Secret, whole: str, ordinary: frozenset[str]) -> Iterator[str]:
    """What tells of the secret, ``whole`` when it is folded, otherwise, as variants."""
    if secret.kind == "birth_date":
        # Where the site has the same day for something else, only beside a word of birth.
        shared = secret.text in ordinary
        yield from (marked(Rule.SHORT_DAY if shared else rule, day) for rule, day in of_birth(secret.text))
    elif secret.kind == "name":
        told = of_hidden_name if secret.hidden else of_parts
        yield from (
            marked(rule, variant)
            for rule, variant in told(secret.text)
            if rule not in OF_NAMES or variant not in ordinary
        )
        yield from (as_syllables(variant, Rule.INITIAL) for variant in initial_variants(secret.text))
    elif secret.kind == "address":
        yield from (marked(Rule.ROAD, road.name) for road in roads_of(secret.text))
    elif secret.kind in ("narrative", "note"):
        yield from (marked(Rule.BLOCK, block) for block in blocks_of(whole) if block not in ordinary)
    elif "@" in secret.text:
        yield from (marked(rule, variant) for rule, variant in of_mailbox(secret.text))
    elif secret.kind == "number":
        yield from (marked(rule, variant) for rule, variant in of_number(whole))


def _ordinary(secrets: Secrets, numbers: Iterable[int]) -> frozenset[str]:
    """寻常的话: words of :func:`of_hidden_name`, of the secrets with these numbers, that the site's own wording has too, and
    what public records tell by themselves."""
    words = {
        variant
        for secret in map(secrets.strings.__getitem__, numbers)
        if secret.kind == "name" and secret.hidden
        for rule, variant in of_hidden_name(secret.text)
        if rule in OF_NAMES or rule is Rule.ADDRESSED
    }
    if not words or not secrets.wording:
        return secrets.ordinary
    listed = list(words)
    found = AhoCorasick(listed).find_matches_as_indexes(fold(secrets.wording), overlapping=True)
    return secrets.ordinary | {listed[number] for number, _, _ in found}
