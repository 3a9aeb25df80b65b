"""待遇的数据文档 (benefit document): one object of ``/api/v1/benefits.json``, with all that a benefit asks for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, get_args

from msgspec import Meta

from generator.law.instruments.entitlement import (
    QUESTIONS,
    Condition,
    Criterion,
    Entitlement,
    Holds,
    entitlements_of,
)
from generator.law.instruments.policy_words import value_words
from generator.public.context import SiteContext
from generator.source.model.instant import SHANGHAI
from generator.source.model.law_words import (
    Beneficiary,
    Consequence,
    Modality,
    Paid,
    Part,
    Residence,
    Standing,
    Status,
)
from generator.source.model.published import Address, Day, Document, Instant, choice, instant


class BenefitCondition(Document):
    """待遇的一个条件，以及它对每一种回答怎么说。几个条件中有一个是“不符合”，待遇就不适用；没有不符合的，有一个是“条文没有写”，就不能断定；都符合，才适用。"""

    criterion: Annotated[
        str,
        choice(*get_args(Criterion)),
        Meta(
            description="scope 适用范围，matter 别的法律自己的适用条件，beneficiaries 给谁，bereaved 本人牺牲以后由谁领取条文没有写，outcomes 后果，residence 户籍，standing 身份，honours 所需荣誉，decision 由机关决定，或者条文只是鼓励，conditions 其他条件"
        ),
    ]
    seen_from: Annotated[
        str,
        choice("anywhere", "own", "below"),
        Meta(
            description="从哪里看：own 制定文本的地方自己，below 它下面的地方（外市人可能是本省人），anywhere 都一样"
        ),
    ]
    question: Annotated[
        Annotated[str, choice(*QUESTIONS)] | None,
        Meta(
            description="取决于哪个问题：role 您是谁，place 哪里人在哪里，work 有没有工作单位，injury 发生了什么，honour 得到的荣誉；都一样的为 null"
        ),
    ]
    yes: Annotated[tuple[str, ...], Meta(description="符合的回答")]
    depends: Annotated[tuple[str, ...], Meta(description="要看情况的回答；不取决于任何问题的写 *")]
    silent: Annotated[tuple[str, ...], Meta(description="条文没有写的回答")]
    no: Annotated[tuple[str, ...], Meta(description="不符合的回答")]


class NeededHonour(Document):
    """所需的荣誉；几种之中有一种即可"""

    kinds: Annotated[
        tuple[str, ...], Meta(description="种类：title 称号，merit 记功，commendation 嘉奖；空为不论")
    ]
    titles: Annotated[tuple[str, ...], Meta(description="称号；空为不论")]
    level: Annotated[Annotated[str, choice("province", "city", "county")] | None, Meta(description="级别")]
    or_higher: Annotated[bool, Meta(description="是否含以上")]
    by: Annotated[
        Annotated[str, choice("government", "department")] | None, Meta(description="由政府还是部门")
    ]


class BenefitDocument(Document):
    """一项待遇"""

    jurisdiction: Annotated[str, Meta(description="制定文本的辖区标识")]
    jurisdiction_name: Annotated[str, Meta(description="辖区名称")]
    level: Annotated[str, Meta(description="辖区层级：nation、province、municipality、city、county")]
    applies_in: Annotated[tuple[str, ...], Meta(description="在哪些辖区的“我能得到什么”页上")]
    instrument: Annotated[str, Meta(description="法规标识")]
    instrument_title: Annotated[str, Meta(description="法规名称")]
    version: Annotated[str, Meta(description="版本标识")]
    version_label: Annotated[str, Meta(description="版本名称")]
    on_another_matter: Annotated[
        bool, Meta(description="是否别的事项的法律（烈士褒扬、工伤保险等），符合它自己的适用条件才有")
    ]
    article: Annotated[str, Meta(description="条款")]
    topic: Annotated[str, Meta(description="主题")]
    summary: Annotated[str, Meta(description="摘要，本站自撰")]
    status: Annotated[str, choice(*Status), Meta(description="有规定、另行规定、该文件没有写、未知")]
    modality: Annotated[
        Annotated[str, choice(*Modality)] | None,
        Meta(description="应当、可以、一般应当、不得、鼓励；条文没有这类用语的为 null"),
    ]
    part: Annotated[str, choice(*Part), Meta(description="属于文本的哪一部分")]
    beneficiaries: Annotated[tuple[Annotated[str, choice(*Beneficiary)], ...], Meta(description="给谁")]
    outcomes: Annotated[
        tuple[Annotated[str, choice(*Consequence)], ...], Meta(description="什么后果，有其一即可；空为不论")
    ]
    serves_first: Annotated[
        tuple[Annotated[str, choice(*Consequence)], ...],
        Meta(description="先用于哪种后果，对别的后果排在后面；空为不分先后"),
    ]
    duty_of_others: Annotated[
        bool, Meta(description="医院、旁人当场要做的，部门自己要做的工作，不是发给谁的")
    ]
    residence: Annotated[
        tuple[Annotated[str, choice(*Residence)], ...], Meta(description="户籍与行为地；空为不论")
    ]
    standing: Annotated[
        Annotated[str, choice(*Standing)] | None,
        Meta(description="身份：有工作单位的、没有工作单位的、现役军人；不论的为 null"),
    ]
    paid: Annotated[
        Annotated[str, choice(*Paid)] | None,
        Meta(description="怎样发给遗属：丧葬、一次性、按月；不是这样的钱为 null"),
    ]
    honours: Annotated[tuple[NeededHonour, ...], Meta(description="所需荣誉；空为不需要")]
    conditions: Annotated[tuple[str, ...], Meta(description="其他条件")]
    joined: Annotated[
        Annotated[str, choice("any", "all")] | None, Meta(description="其他条件有其一即可还是须同时具备")
    ]
    figure: Annotated[str | None, Meta(description="数额或者期限")]
    items: Annotated[tuple[str, ...], Meta(description="内容")]
    payers: Annotated[tuple[str, ...], Meta(description="由谁支付，按先后")]
    apply_to: Annotated[tuple[str, ...], Meta(description="向哪里申请")]
    bring: Annotated[tuple[str, ...], Meta(description="带什么")]
    delegated_to: Annotated[tuple[str, ...], Meta(description="标准由哪个机关另行规定")]
    silent_on: Annotated[tuple[str, ...], Meta(description="条文没有写的问题")]
    tests: Annotated[tuple[BenefitCondition, ...], Meta(description="逐个条件的判断，与网页相同")]
    last_verified_on: Day
    url: Address
    as_of: Instant


def benefit_documents(context: SiteContext) -> Iterator[BenefitDocument]:
    """待遇 of every text that holds at ``context.as_of``, by place and in the order of the texts."""
    library = context.library
    on = context.as_of.astimezone(SHANGHAI).date()
    places = [place for place in context.jurisdictions.values() if place.level != "nation"]
    asked = {
        place.slug: library.chain(place.slug) for place in sorted(places, key=lambda p: (p.order, p.slug))
    }
    for source in library.jurisdictions:
        here = tuple(slug for slug, chain in asked.items() if source in chain)
        own = entitlements_of(library, source, on, above=False)
        below = entitlements_of(library, source, on, above=True)
        for item, from_below in zip(own, below, strict=True):
            yield _document(item, from_below, here, context)


def _document(
    item: Entitlement, below: Entitlement, applies_in: tuple[str, ...], context: SiteContext
) -> BenefitDocument:
    provision, benefit, value = item.provision, item.benefit, item.provision.value
    place = context.jurisdictions.get(provision.jurisdiction)
    return BenefitDocument(
        jurisdiction=provision.jurisdiction,
        jurisdiction_name=place.name if place is not None else provision.jurisdiction,
        level=place.level if place is not None else context.library.levels.get(provision.jurisdiction, ""),
        applies_in=applies_in,
        instrument=provision.instrument,
        instrument_title=provision.instrument_title,
        version=provision.version,
        version_label=provision.version_label,
        on_another_matter=item.beside,
        article=provision.article,
        topic=provision.topic.value,
        summary=provision.summary,
        status=provision.status.value,
        modality=provision.modality.value if provision.modality is not None else None,
        part=benefit.part.value,
        beneficiaries=tuple(one.value for one in benefit.beneficiaries),
        outcomes=tuple(one.value for one in benefit.outcomes),
        serves_first=tuple(one.value for one in benefit.serves_first),
        duty_of_others=benefit.duty_of_others,
        residence=tuple(one.value for one in benefit.residence),
        paid=benefit.paid.value if benefit.paid is not None else None,
        standing=benefit.standing.value if benefit.standing is not None else None,
        honours=tuple(
            NeededHonour(
                kinds=tuple(kind.value for kind in one.kinds),
                titles=one.titles,
                level=one.level,
                or_higher=one.or_higher,
                by=one.by,
            )
            for one in benefit.honours
        ),
        conditions=value.conditions,
        joined=value.joined,
        figure=value_words(value),
        items=value.items,
        payers=benefit.payers,
        apply_to=benefit.apply_to,
        bring=benefit.bring,
        delegated_to=provision.delegated_to,
        silent_on=provision.silent_on,
        tests=tuple(_tests(item, below)),
        last_verified_on=provision.last_verified_on.isoformat(),
        url=context.absolute(provision.path),
        as_of=instant(context.midnight),
    )


def _tests(item: Entitlement, below: Entitlement) -> Iterator[BenefitCondition]:
    for own, other in zip(item.conditions, below.conditions, strict=True):
        if own == other:
            yield _test(own, "anywhere")
        else:
            yield _test(own, "own")
            yield _test(other, "below")


def _test(condition: Condition, seen_from: str) -> BenefitCondition:
    asked = QUESTIONS[condition.question] if condition.question is not None else ("*",)

    def saying(wanted: Holds) -> tuple[str, ...]:
        return tuple(given for given, said in zip(asked, condition.answers, strict=True) if said is wanted)

    return BenefitCondition(
        criterion=condition.criterion,
        seen_from=seen_from,
        question=condition.question,
        yes=saying(Holds.YES),
        depends=saying(Holds.DEPENDS),
        silent=saying(Holds.SILENT),
        no=saying(Holds.NO),
    )
