"""核验页 (certificate check): ``/verify/``. Everything happens in the browser; without script it says whom to ask."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from generator.catalogue import wording
from generator.pages.page import Page, root_of
from generator.pages.page_head import breadcrumbs, government_tags, head_html, json_ld, style_sheet
from generator.pages.record_in_log import event_words
from generator.pages.templating import render, script_json
from generator.public.context import SiteContext
from generator.public.logged_record import NOT_OF_THE_RECORD
from generator.public.verification import slow_hash as slow
from generator.public.verification.answer_shards import KEY_BYTES, LETTERS, SHARDS
from generator.public.verification.certificate_code import ALIKE, ALPHABET, GROUP, LENGTH, SEPARATORS, written

VERIFY = "verify/"
SCRIPT = "assets/verify.js"
PROOF_SCRIPT = "assets/proof.js"


def render_verify_page(context: SiteContext) -> Page:
    """``/verify/``: the same whatever the registry holds, but for the name, size and key of the log."""
    words = wording("verify")
    place = context.jurisdictions
    steps = (("honours/", words["parent"]), (VERIFY, words["title"]))
    values: dict[str, Any] = {
        "w": words,
        "root": root_of(VERIFY),
        "context": context,
        "url": context.absolute(VERIFY),
        "steps": steps,
        "length": LENGTH,
        "form": written("X" * LENGTH),
        "alike": str(wording("common")["marks"]["list"]).join(
            words["near"]["pair"].format(one=pair[0], other=pair[1]) for pair in ALIKE
        ),
        "authorities": sorted(
            context.authorities.values(), key=lambda item: (place[item.jurisdiction].order, item.slug)
        ),
    }
    return Page(
        path=VERIFY,
        section="honours",
        title=words["title"],
        description=words["description"],
        body=render("verify.html", values),
        head=head_html(
            style_sheet(root_of(VERIFY), "verify"),
            government_tags(context, column=words["section"], column_description=words["description"]),
            Markup('<script type="application/json" id="yy-verify-settings">{}</script>').format(
                script_json(_settings(context))
            ),
            Markup('<script type="application/json" id="yy-proof-settings">{}</script>').format(
                script_json(_proof_settings())
            ),
            Markup('<script defer src="{}{}"></script>').format(root_of(VERIFY), SCRIPT),
            Markup('<script defer src="{}{}"></script>').format(root_of(VERIFY), PROOF_SCRIPT),
            json_ld(
                {
                    "@type": "WebPage",
                    "url": context.absolute(VERIFY),
                    "name": words["title"],
                    "breadcrumb": breadcrumbs(context, steps),
                }
            ),
        ),
    )


def _proof_settings() -> dict[str, Any]:
    """What the script must know to say which record was proved, as :mod:`generator.publication_log` does."""
    words = wording("verify")["proof"]
    names = dict(wording("proof")["names"])
    for status in wording("record_in_log")["ended"]["tombstoned"]:
        names |= {f"{event}:{status}": event_words(event, status) for event in ("closed", "tombstoned")}
    return {
        "names": names,
        "kinds": words["kinds"],
        "says": {key: words[key] for key in ("no_title", "days", "event", "last_day", "version")},
        "unlogged": sorted(NOT_OF_THE_RECORD),
    }


def _settings(context: SiteContext) -> dict[str, Any]:
    """What the script must know to do what :mod:`generator.public.verification` does."""
    return {
        "alphabet": ALPHABET,
        "length": LENGTH,
        "group": GROUP,
        "alike": ALIKE,
        "separators": SEPARATORS,
        "salt": slow.site_salt(context.site.base_url).hex(),
        "iterations": slow.ITERATIONS,
        "shards": SHARDS,
        "letters": LETTERS,
        "key": 2 * KEY_BYTES,
        "and_more": wording("verify")["found"]["and_more"],
        "offer": wording("verify")["near"]["offer"],
        "try": wording("verify")["near"]["try"],
        "not_titles": wording("titles")["not_titles"],
    }
