"""可引用的政策页: digests and instrument pages as a bibliographer sees them.

A citation names this site's summary, never the text of the law. The site's owner answers for it, and its
day is the one on which somebody last compared it with the text.
"""

from __future__ import annotations

from collections.abc import Iterable

from generator.law.instruments import Version
from generator.pages.citation import Citable
from generator.pages.policy.policy_views import verified_since
from generator.public.context import SiteContext
from generator.public.documents import content_version


def policy_citable(path: str, title: str, versions: Iterable[Version], context: SiteContext) -> Citable:
    """The policy page at ``path`` that shows ``versions``; it is another version once any of them changes."""
    shown = tuple(versions)
    verified = verified_since(shown)
    return Citable(
        kind="digest",
        title=title,
        responsible=(context.site.owner,),
        site_name=context.site.name,
        published_on=None,
        updated_on=verified.isoformat() if verified is not None else None,
        url=context.absolute(path),
        version=content_version({"versions": [_content(version) for version in shown]}),
    )


def _content(version: Version) -> list[object]:
    return [
        version.path,
        version.starts_on.isoformat() if version.starts_on is not None else None,
        version.ends_on.isoformat() if version.ends_on is not None else None,
        [
            [
                provision.article,
                provision.topic.value,
                provision.status.value,
                provision.summary,
                provision.value.model_dump(mode="json", by_alias=True, exclude_defaults=True),
            ]
            for provision in version.provisions
        ],
    ]
