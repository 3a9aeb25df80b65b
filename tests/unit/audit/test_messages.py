"""诊断说得清而不泄漏: which kind of word of which record, and where; never the word itself. And nothing crashes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.audit import Finding, Problem, Secret, Secrets, audit_site
from tests.unit.audit import builders as b

NAME, PHONE = "冀怀朴", "13987654321"


def held(label: str = b.LABEL) -> Secrets:
    return Secrets(
        strings=(
            Secret(text=NAME, kind="name", label=label, hidden=True),
            Secret(text=PHONE, kind="number", label=label),
            Secret(text="wh26-7731", kind="case_number", label=label),
        )
    )


def audited(folder: Path, name: str, data: bytes, secrets: Secrets | None = None) -> tuple[Finding, ...]:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return audit_site(folder, secrets or held()).findings


def told(findings: tuple[Finding, ...]) -> str:
    return "".join(repr(item) + repr(item.diagnostic(for_terminal=True)) for item in findings)


def test_the_name_of_a_member_of_an_archive_is_blotted(tmp_path: Path) -> None:
    found = audited(tmp_path, "a.zip", b.archive(NAME, name=f"{NAME}.txt"))
    assert {item.inner for item in found} == {"", "▇▇▇.txt"}
    assert NAME not in told(found)


def test_the_file_of_a_record_that_is_named_after_somebody_is_blotted(tmp_path: Path) -> None:
    secrets = held(f"registry/cases/wuhan/2026/{NAME}-wh26-7731.yml")
    (found, *_) = audited(tmp_path, "a.html", b.page(NAME), secrets)
    assert found.label == "registry/cases/wuhan/2026/▇▇▇-wh26-7731.yml"
    assert NAME not in told((found,))


def test_a_number_in_a_path_is_blotted_whoever_has_it(tmp_path: Path) -> None:
    found = audited(tmp_path, "13700012345/a.html", b.page(NAME))
    assert {item.path.split("/")[0] for item in found} == {"▇" * 11}
    assert "13700012345" not in told(found)


def test_bytes_have_an_offset_and_escaped_words_their_line(tmp_path: Path) -> None:
    data = b.image("PNG") + NAME.encode()
    (found,) = (item for item in audited(tmp_path, "a.png", data) if item.form == "bytes")
    assert found.offset == data.index(NAME.encode())
    assert f"@{found.offset}" in repr(found.diagnostic(for_terminal=False).terms)
    (tmp_path / "a.png").unlink()
    page = f"<p>公示</p>\n<p>经走访核实的群众<b>{NAME[0]}</b>{NAME[1:]}事迹属实</p>\n".encode()
    assert {item.line for item in audited(tmp_path, "a.html", page)} == {2}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.json", f'"\\ud83d{NAME}\\udc00"'),
        ("a.js", f'x="\\u{{d83d}}{NAME}"'),
        ("a.html", f"<p>&#xd83d;{NAME}\\ud83d</p>"),
        ("a.txt", f"%ud83d{NAME}"),
        ("a.css", f'a{{content:"\\d83d {NAME}"}}'),
    ],
)
def test_half_a_character_stops_nothing_and_hides_nothing(name: str, data: str, tmp_path: Path) -> None:
    assert Problem.LEAK in {item.problem for item in audited(tmp_path, name, data.encode())}
    alone = data.replace(NAME, "公示").encode()
    assert audited(tmp_path, name, alone) == ()


def test_half_a_character_in_what_is_withheld(tmp_path: Path) -> None:
    for kind in ("name", "note", "narrative", "address", "number", "unit"):
        secrets = Secrets(strings=(Secret(text=f"{NAME}\ud83d{NAME}", kind=kind, label="\udcff.yml"),))
        assert audited(tmp_path, "a.html", b.page(NAME * 2), secrets), kind


def test_a_file_name_that_is_not_utf8_is_told(tmp_path: Path) -> None:
    name = os.fsdecode(NAME.encode("gb18030") + b".html")
    (tmp_path / name).write_bytes(b"<p></p>")
    found = audit_site(tmp_path, held()).findings
    assert {(item.problem, item.form) for item in found} == {(Problem.UNREADABLE, "not_utf8")}
    told(found).encode()
