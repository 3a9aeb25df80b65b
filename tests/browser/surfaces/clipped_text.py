"""裁去的文字: what is written on a page and cut off by ``clip-path``, ``overflow`` or ``text-overflow``.

A date that loses its hour reads as another last moment, and the words in the file are whole all the same; only a
browser knows.
"""

from __future__ import annotations

from playwright.sync_api import Page, ViewportSize

_CUT = r"""() => {
  // 只给读屏的，本来就不显出来。
  const HIDDEN = ".yy-hidden, .yy-tool__rest";
  const px = (text, whole) => (text.endsWith("%") ? (parseFloat(text) / 100) * whole : parseFloat(text));
  const shown = (element) => {
    const style = getComputedStyle(element), box = element.getBoundingClientRect();
    const inset = /^inset\(([^)]*)\)$/.exec(style.clipPath);
    if (inset) {
      const [top, right = top, bottom = top, left = right] = inset[1].split(" round")[0].split(" ");
      // 整个裁去的，是只给读屏的。
      if (px(left, 1) + px(right, 1) >= 1 && left.endsWith("%")) return null;
      return { left: box.left + px(left, box.width), right: box.right - px(right, box.width),
        top: box.top + px(top, box.height), bottom: box.bottom - px(bottom, box.height) };
    }
    if (style.clipPath !== "none") return { left: 1, right: 0, top: 1, bottom: 0 };
    const cuts = (way) => way === "hidden" || way === "clip";
    const [x, y] = [cuts(style.overflowX), cuts(style.overflowY)];
    if (!x && !y) return null;
    return { left: x ? box.left : -1e6, right: x ? box.right : 1e6, top: y ? box.top : -1e6, bottom: y ? box.bottom : 1e6 };
  };
  const found = new Set();
  for (const element of document.querySelectorAll("body *:not(svg *)")) {
    if (element.closest(HIDDEN) || !element.checkVisibility()) continue;
    const within = shown(element);
    if (!within) continue;
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const node = texts.currentNode, range = document.createRange();
      if (!node.data.trim() || !node.parentElement.checkVisibility() || node.parentElement.closest(HIDDEN)) continue;
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) {
        if (box.width < 1) continue;
        if (box.left < within.left - 2 || box.right > within.right + 2 || box.top + box.height / 2 < within.top || box.bottom - box.height / 2 > within.bottom)
          found.add(node.data.trim().slice(0, 60));
      }
    }
  }
  return [...found];
}"""

_SCREENS = tuple(ViewportSize(width=width, height=844) for width in (1280, 390, 320))


def clipped_texts(page: Page) -> dict[str, list[str]]:
    """Screen and type → the texts of which something cannot be seen, folds open, on screens of three widths in
    ordinary and the largest type and on paper. The page is left as it then is."""
    page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    found = {}
    for type_ in ("0", "3"):
        page.evaluate(
            "type => type === '0' ? delete document.documentElement.dataset.yyType : document.documentElement.dataset.yyType = type",
            type_,
        )
        for screen in _SCREENS:
            page.set_viewport_size(screen)
            found[f"{screen['width']} type {type_}"] = page.evaluate(_CUT)
    page.emulate_media(media="print")
    found["print"] = page.evaluate(_CUT)
    page.emulate_media(media="screen")
    return {where: texts for where, texts in found.items() if texts}
