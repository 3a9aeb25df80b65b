"""手机上的断行: marks that begin a line of text, where they belong to the end of the line before, and numbers of records
that go on in the next.

A browser keeps marks there by itself, but not behind what is kept on one line as a block of its own; and divides a number at its
dashes.
"""

from __future__ import annotations

from playwright.sync_api import Page, ViewportSize

_BEGUN = r"""() => {
  const found = new Set(), range = document.createRange();
  const box = (node, at) => {
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    return range.getBoundingClientRect();
  };
  const block = (node) => {
    let element = node.parentElement;
    while (/^inline|contents/.test(getComputedStyle(element).display)) element = element.parentElement;
    return element;
  };
  const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  let before = null;
  while (texts.nextNode()) {
    const node = texts.currentNode;
    if (!node.data.trim() || !node.parentElement.checkVisibility() || node.parentElement.closest("pre, code")) continue;
    for (const mark of node.data.matchAll(/[，。；：、）》」”！？·,.;:)!?]/g)) {
      const first = !node.data.slice(0, mark.index).trim();
      const [last, at] = first ? [before, before?.data.trimEnd().length] : [node, mark.index];
      if (!last || (first && block(last) !== block(node))) continue;
      const [left, right] = [box(last, at - 1), box(node, mark.index)];
      if (left.width && right.width && right.top - left.top > 8 && right.left < left.left)
        found.add(last.data.slice(Math.max(0, at - 10), at) + "|" + node.data.slice(mark.index, mark.index + 10));
    }
    before = node;
  }
  return [...found];
}"""

_PARTED = r"""() => {
  const found = new Set(), range = document.createRange();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode;
    if (!node.parentElement.checkVisibility() || node.parentElement.closest("pre, code")) continue;
    // 网址长了，可以断开
    for (const number of node.data.matchAll(/(?<![\/a-z])[a-z]+-\d{4}-[a-z]?\d{4,}/g)) {
      range.setStart(node, number.index);
      range.setEnd(node, number.index + number[0].length);
      const lines = [...range.getClientRects()].filter((box) => box.width).map((box) => Math.round(box.top));
      if (new Set(lines).size > 1) found.add(number[0]);
    }
  }
  return [...found];
}"""

_PHONE = ViewportSize(width=390, height=844)


def lines_begun_by_marks(page: Page) -> list[str]:
    """On a phone, as ``end of the line|beginning of the next``. The page is left at that width."""
    page.set_viewport_size(_PHONE)
    found: list[str] = page.evaluate(_BEGUN)
    return found


def parted_numbers(page: Page) -> list[str]:
    """Those of records, on a narrow phone. The page is left at that width."""
    page.set_viewport_size(ViewportSize(width=320, height=640))
    found: list[str] = page.evaluate(_PARTED)
    return found
