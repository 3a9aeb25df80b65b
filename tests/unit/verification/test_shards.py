"""核验分片: whoever holds a code reads its answer; nobody else learns anything."""

from __future__ import annotations

import json
import random
import stat
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from generator.public.verification.answer_shards import LETTERS, Certificate, shard_files
from generator.public.verification.certificate_code import canonical, new_code
from generator.public.verification.slow_hash import SlowHash, fingerprint, site_salt
from tests.code_holder import answer

SALT = site_salt("https://yiyong.example/")
QUICK = SlowHash(salt=SALT, iterations=3)
PUBLIC = [f"wuhan-2026-h{number:04}" for number in range(1, 41)]


def code(number: int) -> str:
    plain = canonical(new_code(random.Random(number).choice))
    assert plain is not None
    return plain


def certificate(number: int, **changes: object) -> Certificate:
    given = Certificate(
        seed=QUICK.seed(code(number)),
        honour=f"wuhan-2026-h{number:04}",
        status="valid",
        since=date(2026, 11, 2),
    )
    return replace(given, **changes)  # type: ignore[arg-type]


CERTIFICATES = [
    certificate(1),
    certificate(2, status="revoked", since=date(2026, 3, 29)),
    certificate(3, status="corrected"),
]


def files(certificates: list[Certificate], honours: list[str] = PUBLIC) -> dict[str, bytes]:
    return dict(shard_files(certificates, honours))


def ask(number: int, published: dict[str, bytes]) -> str | None:
    return answer(code(number), SALT, 3, lambda name: published[f"verify/shards/{name}"])


def entries(published: dict[str, bytes]) -> list[list[str]]:
    return [json.loads(data)["entries"] for data in published.values()]


def test_a_code_leads_to_its_honour_and_no_other_does() -> None:
    published = files(CERTIFICATES)
    assert ask(1, published) == "valid 2026-11-02 wuhan-2026-h0001"
    assert ask(2, published) == "revoked 2026-03-29 wuhan-2026-h0002"
    assert ask(3, published) == "corrected 2026-11-02 wuhan-2026-h0003"
    assert [ask(number, published) for number in range(4, 30)] == [None] * 26


def test_long_ids_fit() -> None:
    name = "a" * 90 + "-2026-h00001"
    published = files([certificate(1, honour=name)], [name])
    assert ask(1, published) == f"valid 2026-11-02 {name}"


def test_ten_thousand_codes() -> None:
    rng = random.Random(5)
    honours = [f"wuhan-2026-h{number:05}" for number in range(10_000)]
    many = [certificate(1, seed=rng.randbytes(32), honour=honour) for honour in honours]
    many[77] = certificate(1, honour=honours[77])
    published = files(many, honours)
    assert ask(1, published) == f"valid 2026-11-02 {honours[77]}"
    assert max(map(len, published.values())) < 50_000
    assert sum(map(len, published.values())) < 3_000_000


def test_every_shard_has_the_same_size_whatever_is_in_it() -> None:
    for held in ([], CERTIFICATES, [certificate(number) for number in range(1, 41)]):
        published = files(held)
        assert len(published) == 64
        assert len({len(data) for data in published.values()}) == 1
        assert {len(lines) for lines in entries(published)} == {16}
        assert {len(line) for lines in entries(published) for line in lines} == {160}


def test_codes_that_crowd_one_shard_still_fit() -> None:
    rng = random.Random(2)
    held = [certificate(1, seed=rng.randbytes(32), honour=f"wuhan-2026-h{n:04}") for n in range(900)]
    published = files(held, PUBLIC)
    assert len({len(data) for data in published.values()}) == 1
    assert len(entries(published)[0]) > 16


def test_nothing_of_a_certificate_stands_in_a_shard() -> None:
    whole = b"".join(files(CERTIFICATES).values()).decode()
    for item in CERTIFICATES:
        encoded = "".join(LETTERS[b >> 4] + LETTERS[b & 15] for b in item.seed)
        for words in (item.honour, item.status, item.since.isoformat(), encoded, item.seed.hex()):
            assert words not in whole
    assert not any(code(number) in whole for number in (1, 2, 3))
    # No figures, no vowels: nothing that looks like a number or reads as a name.
    assert set(whole) <= set(LETTERS + '{}[]",:' + "tagentries")
    assert not any(
        set("aeiou0123456789") & set(line) for lines in entries(files(CERTIFICATES)) for line in lines
    )


def test_real_entries_and_filling_look_alike() -> None:
    """Letters are as even among real entries as among the rest, and real ones stand anywhere."""
    held = [certificate(number) for number in range(1, 41)]
    with_codes, without = files(held), files([])
    counts = [Counter("".join("".join(lines) for lines in entries(f))) for f in (with_codes, without)]
    for counted in counts:
        mean = sum(counted.values()) / 16
        assert all(abs(counted[letter] - mean) < 0.05 * mean for letter in LETTERS)
    assert all(lines == sorted(lines) for lines in entries(with_codes))


@pytest.mark.parametrize(
    "other",
    [
        [certificate(1, status="revoked"), *CERTIFICATES[1:]],
        [*CERTIFICATES, certificate(4)],
        CERTIFICATES[1:],
        [],
    ],
    ids=["a status", "one more", "one less", "none"],
)
def test_with_any_change_every_entry_changes(other: list[Certificate]) -> None:
    before, after = files(CERTIFICATES), files(other)
    lines = {line for shard in entries(before) for line in shard}
    assert lines.isdisjoint(line for shard in entries(after) for line in shard)
    starts = {line[:32] for line in lines}
    assert starts.isdisjoint(line[:32] for shard in entries(after) for line in shard)


def test_an_honour_without_a_code_changes_no_byte() -> None:
    assert files(CERTIFICATES) == files(CERTIFICATES[::-1], [*PUBLIC[::-1], "wuhan-2026-h0099"])


def test_two_certificates_with_one_code_are_refused() -> None:
    with pytest.raises(ValueError, match="one code"):
        files([certificate(1), certificate(1, honour="wuhan-2026-h0002")])


def test_each_site_has_its_own_hashes() -> None:
    other = SlowHash(salt=site_salt("https://other.example/"), iterations=3)
    assert other.seed(code(1)) != QUICK.seed(code(1))
    assert fingerprint(code(1), SALT) not in (QUICK.seed(code(1)), fingerprint(code(1), other.salt))


def test_results_are_kept_for_the_owner_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = tmp_path / ".yiyong" / "certificates"
    kept = SlowHash(salt=SALT, iterations=3, cache=cache)
    assert kept.seed(code(1)) == QUICK.seed(code(1))
    (path,) = cache.iterdir()
    assert stat.S_IMODE(cache.stat().st_mode) == 0o700
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert code(1) not in path.name
    expected = QUICK.seed(code(1))

    def never(*_: object) -> bytes:
        raise AssertionError("worked out again")

    with monkeypatch.context() as patched:
        patched.setattr("hashlib.pbkdf2_hmac", never)
        assert kept.seed(code(1)) == expected
        with pytest.raises(AssertionError):
            replace(kept, iterations=4).seed(code(1))
    # Half a file is worked out anew.
    path.write_bytes(expected[:9])
    assert kept.seed(code(1)) == expected
    assert path.read_bytes() == expected
