"""认定依据 (limb): the instrument, in its version, whose clause the notice names."""

from __future__ import annotations

import re

from generator.public.context import SiteContext
from generator.public.public_case import ProvisionRef, PublicNotice
from generator.source.model.law_words import Topic

_ARTICLE = re.compile(r"第[^条]+条")
_TOPICS = (Topic.QUALIFYING_ACT, Topic.DEFINITION)


def limb_provision(notice: PublicNotice, context: SiteContext) -> ProvisionRef | None:
    """The provision that holds 第七条第（三）项 of the record: of the texts that govern the case, the article on
    qualifying acts or on the term itself. None where none of them, or more than one text, has that article.
    """
    article = _ARTICLE.match(notice.act.limb) if notice.act is not None and notice.act.limb else None
    if article is None:
        return None
    # An article number with more to it (第七条之一) is another article.
    named = re.compile(re.escape(article[0]) + r"(?!之)")
    found = {ref.path: ref for ref in notice.provisions if named.match(ref.article)}
    if not found:
        return None
    parent = context.jurisdictions[notice.jurisdiction].parent
    known = {
        provision.path
        for place in ((notice.jurisdiction,) if parent is None else (notice.jurisdiction, parent))
        for version in context.library.versions(place)
        for topic in _TOPICS
        for provision in version.by_topic.get(topic, ())
    }
    fitting = [ref for path, ref in found.items() if path in known]
    return fitting[0] if len({(ref.instrument, ref.version) for ref in fitting}) == 1 else None
