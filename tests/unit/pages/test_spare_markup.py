"""可以省去的标记: the digests leave it out, and every parser reads what it read before."""

from __future__ import annotations

import html5lib
import pytest

from generator.pages.spare_markup import without_spare_markup


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("<ul><li>甲</li>\n<li>乙</li>\n</ul>", "<ul><li>甲<li>乙</ul>"),
        ("<div><p>甲</p>\n<p>乙</p><ul></ul></div>", "<div><p>甲<p>乙<ul></ul></div>"),
        ("<li><p>甲</p></li> 乙", "<li><p>甲</li> 乙"),
        ("<p>甲</p> 乙", "<p>甲</p> 乙"),
        ("<p>甲</p><a>乙</a>", "<p>甲</p><a>乙</a>"),
        ("<a><p>甲</p></a>", "<a><p>甲</p></a>"),
        ("<p>甲</p><path>", "<p>甲</p><path>"),
        ("<div>\n<h3>甲</h3>\n<b>乙</b> <i>丙</i>\n</div>", "<div><h3>甲</h3>\n<b>乙</b> <i>丙</i></div>"),
        ("<p><b>甲</b> <span>乙</span> 丙</p>", "<p><b>甲</b> <span>乙</span> 丙</p>"),
    ],
)
def test_markup_is_left_out_only_where_nothing_is_lost(written: str, left: str) -> None:
    assert without_spare_markup(written) == left
    assert _tree(written) == _tree(left)


def _tree(html: str) -> str:
    found = html5lib.serialize(html5lib.parseFragment(html), omit_optional_tags=False)
    return "".join(found.split())
