"""实务的样式: every shape in which real notices and decisions come has a record of the sample that shows it.

The table is read by people too: a new shape is a line here, an invented record, and what a reader must see.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from generator.pipeline.prepare import all_records, prepare, prepared_alone
from generator.pipeline.private_spool import private_spool
from generator.pipeline.produce import produce
from generator.source.model.instant import SHANGHAI
from tests.every_row import every_row
from tests.projects import case, write_project, write_yaml

ROOT = Path(__file__).parents[3]
AS_OF = datetime(2026, 11, 22, 9, tzinfo=SHANGHAI)

SHAPES: dict[str, tuple[str, str]] = {
    # What a notice may be: (record, what its page says)
    "拟确认，公示后决定": ("wuhan-2026-0009", "拟确认，公示后作出决定"),
    "先确认，后公示": ("nanjing-2026-0003", "已确认，向社会公示"),
    "两个机关落款": ("wuhan-2026-0009", "武汉市见义勇为基金会（示例）</p>"),
    "有文号": ("wuhan-2026-0009", "武平安示例〔2026〕31号"),
    "发布早于公示首日": ("wuhan-2026-0009", "2026年11月12日 16:30"),
    "表彰前公示候选人": ("nanjing-2026-0008", "见义勇为勇士候选人"),
    "机关自己的开头": ("nanjing-2026-0008", "经各区推荐、网络投票和专家评审"),
    "机关自己的依据": ("nanjing-2026-0008", "《南京市见义勇为勇士评选办法》（示例）"),
    "成文日期与发布日期不同": ("nanjing-2026-0008", "2026年11月19日"),
    "另设受理处": ("nanjing-2026-0008", "南京市见义勇为基金会（示例）评审办公室"),
    "未说邮戳": ("nanjing-2026-0008", "没有写明以寄出还是收到的日期为准"),
    "拟表彰，尚未表彰": ("kunming-2024-0003", "公示期满，待表彰"),
    "拟表彰，已表彰": ("kunming-2024-0001", "已于 2024年10月12日 予以表彰"),
    "拟表彰，未列入": ("kunming-2024-0002", "未列入表彰"),
    "推荐上报": ("nanjing-2025-0003", "公示期满，已于 2025年9月8日 推荐上报"),
    "公示期内未收到异议": ("nanjing-2025-0003", "公示期内未收到异议"),
    "一则公示两件事": ("nanjing-2025-0004", "<h3>宁可嘉</h3>"),
    "一批十一人，几件事": ("hangzhou-2026-0008", "解长风等11名同志"),
    "第几批": ("hangzhou-2026-0008", "2026年第二批见义勇为人员"),
    "只写一句事迹，不写钟点地点": ("nanjing-2026-0008", "从浓烟中背出两名老人"),
    # What a decision may be
    "两个机关一份决定": ("hangzhou-2025-d0001", "<span>杭州市见义勇为基金会（示例）</span>"),
    "三个档次，次序照决定": ("hangzhou-2025-d0001", "授予“杭州市见义勇为先进群体”"),
    "首页有索引号": ("hangzhou-2025-d0001", "002489559/2025-01130"),
    "主动公开": ("hangzhou-2025-d0001", "主动公开"),
    "附件": ("hangzhou-2025-d0001", "2024年度杭州市见义勇为先进名单"),
    "各奖励若干元": ("hangzhou-2025-d0001", "各奖励 50,000\u00a0元"),
    "群体奖励若干元": ("hangzhou-2025-d0001", "群体奖励 10,000\u00a0元"),
    "合计奖励若干元": ("wuhan-2025-d0001", "合计奖励 6,000\u00a0元"),
    "称号和记功一并授予": ("hangzhou-2025-d0001", "个人三等功"),
    "群体有人数无姓名": ("hangzhou-2025-d0001", "共 7\u00a0人"),
    "通报表扬": ("wuhan-2025-d0001", "通报表扬见义勇为行为"),
    "未经公示的确认": ("kunming-2025-d0001", "确认“见义勇为人员”"),
    "旧式文号": ("nanjing-2006-d0001", "宁宣示例[2006]462号"),
    "只知年份": ("nanjing-2006-d0001", ">2006年</time>"),
    "机关的用词：命名": ("nanjing-2006-d0001", "命名“见义勇为勇士”"),
    # What an honour may be
    "同一案先后几项荣誉": ("kunming-2019-h0002", "追授"),
    "只存姓名、年份、称号": ("wuhan-2011-h0001", "2011年"),
    "群体荣誉": ("hangzhou-2017-h0001", "示例码头装卸工救人群体"),
    "荣誉所属的决定": ("hangzhou-2025-h0002", "../../decisions/hangzhou-2025-d0001/"),
    "旧名单只有年份，来源是 http": (
        "wuhan-2009-h0001",
        'href="http://www.example.gov.cn/old/2009/list.html"',
    ),
    "公布日期只到月": ("nanjing-2010-h0001", "2010年11月"),
    "公布日期只到年": ("kunming-2010-h0001", "2010年"),
    "牺牲，用词是授予": ("nanjing-2010-h0001", '<span class="yy-tag">牺牲</span>'),
    "其后去世": ("nanjing-2010-h0001", '<span class="yy-tag">已故</span>'),
    "等27名，列出三人": ("nanjing-2010-h0001", "所列共 27\u00a0人"),
    "籍贯、政治面貌": ("nanjing-2010-h0001", "汉族，籍贯江苏六合，中共党员"),
    "身份不详的救人者不是人名": ("nanjing-2010-h0001", "一名身份不详的过路人"),
    "受表彰的是单位": ("kunming-2010-h0001", "昆明示例公共汽车公司第九车队"),
    "更正过的荣誉": ("hangzhou-2023-h0001", "奖金10000元"),
}
"""Shape → (public number, words of its page)."""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    with private_spool(tmp_path_factory.mktemp("shapes")) as spool:
        ready = prepare(ROOT, None, AS_OF, spool, 1, certificates=False)
        bodies = {record.id: produce(record, ready.context).own.page.body for record in all_records(ready)}
    # What only keeps words on one line is no part of what the page says.
    return {
        number: re.sub(r'<span class="yy-(?:whole|keep)">(.*?)</span>', r"\1", body)
        for number, body in bodies.items()
    }


def test_a_county_without_a_text_of_its_own_publicises_by_its_provinces(tmp_path: Path) -> None:
    """The one shape that the sample's own places do not have: entered with no invented value and no false alarm."""
    authority = {
        "slug": "tonglu-xian",
        "jurisdiction": "tonglu",
        "name": "桐庐县公安机关（示例）",
        "role": "县公安机关",
        "period": {"unit": "working_day", "first_day_counts": "true"},
        "channels": {"telephone": ["0571-00000031"]},
        "order": "90",
    }
    record = case(
        case="tl26-0001",
        jurisdiction="tonglu",
        authority="tonglu-xian",
        act={"district": None},
        notice={
            "id": "tonglu-2026-0001",
            "published_at": "2026-11-18T09:00",
            "period": {"opens_on": "2026-11-18", "closes_on": None, "length": "5", "unit": "working_day"},
        },
    )
    root = write_project(tmp_path, {"tonglu/2026/tl26-0001.yml": record})
    county = {
        "slug": "tonglu",
        "name": "桐庐",
        "full_name": "桐庐县",
        "level": "county",
        "parent": "zhejiang",
        "applies_province": "true",
        "order": "95",
    }
    write_yaml(root / "site_config/jurisdictions/tonglu.yml", county)
    write_yaml(root / "site_config/authorities/tonglu-xian.yml", authority)
    with prepared_alone(root, AS_OF, AS_OF, 1) as ready:
        (page,) = (produce(found, ready.context).own.page for found in all_records(ready))
    assert not [item.code for item in ready.diagnostics if item.place.path.startswith("registry/")]
    body = re.sub(r"<[^>]*>", "", page.body)
    assert "桐庐县公安机关（示例）" in body and "《浙江省见义勇为人员奖励和保障条例》" in body
    assert "2026年11月24日 24:00" in page.body


def test_there_are_thirty_and_more() -> None:
    assert len(SHAPES) >= 30


@every_row("shape", SHAPES)
def test_the_sample_shows_it(shape: str, pages: dict[str, str]) -> None:
    number, words = SHAPES[shape]
    assert words in pages[number]


def _withheld_names() -> Iterator[str]:
    """Of the persons of these shapes whom the sample withholds."""
    for path in ("hangzhou/2025/hz25-0305", "nanjing/2025/nj25-0703"):
        text = (ROOT / f"registry/cases/{path}.yml").read_text(encoding="utf-8")
        yield from re.findall(r"name: (\S+)\n +disclosure: (?:withheld|full\n +adult: true\n$)", text)


def test_who_is_withheld_in_these_shapes_is_on_no_page(pages: dict[str, str]) -> None:
    names = tuple(_withheld_names())
    assert set(names) == {"郗承昀", "宛其昌"}
    assert not [number for number, page in pages.items() for name in names if name in page]
