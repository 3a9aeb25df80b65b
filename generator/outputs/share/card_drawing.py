"""分享图 (share cards): the picture that WeChat and other sites show beside a link (``og:image``).

1200 × 630 pixels, drawn with Pillow in Noto Serif CJK. Everything stands in the middle 630 × 630, so that WeChat's
square thumbnail, which cuts off both sides, shows the whole. Sixteen fixed colours in four bits a pixel: under
40 kB, and the same bytes for the same content, font and library. The one entry of metadata is what the card was
drawn from (``Description``): the leak audit reads no pixels.

A card takes about 15 to 20 ms. Kept cards go by their :func:`card_key`.
"""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFont, features
from PIL import __version__ as pillow_version
from PIL.PngImagePlugin import PngInfo

from generator.outputs.share.card_content import ShareCard
from generator.outputs.share.line_setting import cut_line, cut_lines, set_lines
from generator.outputs.share.share_fonts import FOLDERS, WEIGHTS, find_file, load_font
from generator.pages.page_head import CARD_HEIGHT, CARD_WIDTH

# Changed whenever the drawing changes, so that cards kept from before are not taken for new ones.
_DESIGN = 11
_PAPER, _INK, _ACCENT, _QUIET = (253, 250, 243), (33, 29, 26), (150, 38, 28), (96, 88, 80)
_LEVELS = 8
_MIDDLE = CARD_WIDTH // 2
_TEXT_WIDTH = 550
_TITLE_SIZES = (76, 68, 60, 52, 46, 40, 34)
_TITLE_LINES = 4
_LINE_SIZE, _SMALL_SIZE, _MARK_SIZE, _SITE_SIZE, _ADDRESS_SIZE = 31, 27, 28, 28, 24
_LINES = ((34, 2, 52), (_LINE_SIZE, 2, 40), (_SMALL_SIZE, 2, 0), (_LINE_SIZE, 1, 0))
"""How deed and lines are set, the best first: their size, on how many lines each, and how large the title must stay.
The larger sizes are for what needs no cut."""
_HIGHLIGHT_SIZES = (38, 34, 31)
_GAP = 20
_TOP, _BOTTOM = 38, CARD_HEIGHT - 138


def card_key(card: ShareCard, folders: tuple[Path, ...] = FOLDERS) -> str:
    """缓存键: 32 hexadecimal digits that change with whatever changes the picture."""
    return hashlib.sha256(json.dumps([drawn_with(folders), asdict(card)]).encode()).hexdigest()[:32]


def drawn_with(folders: tuple[Path, ...] = FOLDERS) -> str:
    """作图工具: the drawing, the libraries and the fonts, in one line; another picture has another line."""
    found = [find_file(weight, folders) for weight in WEIGHTS]
    sizes = [file.stat().st_size if file else None for file in found]
    return json.dumps([_DESIGN, pillow_version, features.version("freetype2"), *sizes])


def share_card(card: ShareCard, folders: tuple[Path, ...] = FOLDERS) -> bytes | None:
    """画分享图: PNG bytes; None when the font is not installed (:func:`missing_font` says which)."""
    bold, regular = find_file("Bold", folders), find_file("Regular", folders)
    if bold is None or regular is None:
        return None
    ink = Image.new("L", (CARD_WIDTH, CARD_HEIGHT))
    accent = Image.new("L", (CARD_WIDTH, CARD_HEIGHT))
    _draw_frame(ImageDraw.Draw(accent))
    site = load_font(bold, _SITE_SIZE)
    _centred(ImageDraw.Draw(accent), cut_line(card.site_name, site, _TEXT_WIDTH), site, CARD_HEIGHT - 96)
    address = load_font(regular, _ADDRESS_SIZE)
    _centred(ImageDraw.Draw(ink), cut_line(card.address, address, _TEXT_WIDTH), address, CARD_HEIGHT - 58)

    laid = _laid_out(card, bold, regular)
    title_leading, small_leading = _leading(laid.title_font), _line_leading(laid.small)
    y = _TOP + (_BOTTOM - _TOP - laid.rest - len(laid.title) * title_leading) // 2
    if card.marks:
        _draw_marks(ImageDraw.Draw(accent), card.marks, load_font(bold, _MARK_SIZE), y)
        y += _marks_height(card)
    for line in laid.title:
        _centred(ImageDraw.Draw(ink), line, laid.title_font, y + title_leading // 2)
        y += title_leading
    for line in laid.highlight:
        _centred(ImageDraw.Draw(accent), line, laid.highlight_font, y + _leading(laid.highlight_font) // 2)
        y += _leading(laid.highlight_font)
    for block in (laid.deed, laid.lines):
        y += _GAP if block else 0
        for line in block:
            _centred(ImageDraw.Draw(ink), line, laid.small, y + small_leading // 2)
            y += small_leading
    highlight = [card.highlight] if card.highlight else []
    words = (*card.marks, card.title, *highlight, *card.deed, *card.lines, card.site_name, card.address)
    return _png(ink, accent, "\n".join(words), _QUIET if card.quiet else _ACCENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Laid:
    """排好的字 of a card. ``rest``: pixels that everything but the title takes."""

    title: tuple[str, ...]
    title_font: ImageFont.FreeTypeFont
    highlight: tuple[str, ...]
    highlight_font: ImageFont.FreeTypeFont
    deed: tuple[str, ...]
    lines: tuple[str, ...]
    small: ImageFont.FreeTypeFont
    rest: int


def _laid_out(card: ShareCard, bold: Path, regular: Path) -> _Laid:
    """Long lines on two lines each where the title still fits beside them; else one line each, cut."""
    highlight, highlight_font = _set_highlight(card, bold)
    for size, most, least in _LINES:
        small = load_font(regular, size)
        deed, lines = (_set_block(block, small, most, card.names) for block in (card.deed, card.lines))
        rest = _marks_height(card) + len(highlight) * _leading(highlight_font)
        rest += bool(deed) * _GAP + bool(lines) * _GAP + len(deed + lines) * _line_leading(small)
        found = _set_title(card, bold, _BOTTOM - _TOP - rest)
        whole = size <= _SMALL_SIZE or most == 1 or not any(line.endswith("…") for line in deed + lines)
        if found is not None and found[1].size >= least and whole:
            break
    title, title_font = found or _cut_title(card, bold)
    return _Laid(
        title=title,
        title_font=title_font,
        highlight=highlight,
        highlight_font=highlight_font,
        deed=deed,
        lines=lines,
        small=small,
        rest=rest,
    )


def _set_block(
    texts: tuple[str, ...], font: ImageFont.FreeTypeFont, most: int, names: tuple[str, ...]
) -> tuple[str, ...]:
    """Each text on up to ``most`` lines, or else on one, cut."""
    set_texts = (
        set_lines(text, font, _TEXT_WIDTH, most, names) or (cut_line(text, font, _TEXT_WIDTH),)
        for text in texts
    )
    return tuple(line for lines in set_texts for line in lines)


def _set_highlight(card: ShareCard, bold: Path) -> tuple[tuple[str, ...], ImageFont.FreeTypeFont]:
    """On one line at the largest size that holds it, else on two, else cut."""
    for most in (1, 2):
        for size in _HIGHLIGHT_SIZES:
            font = load_font(bold, size)
            if (lines := set_lines(card.highlight, font, _TEXT_WIDTH, most)) is not None:
                return lines, font
    return (cut_line(card.highlight, font, _TEXT_WIDTH),), font


def _marks_height(card: ShareCard) -> int:
    return round(_MARK_SIZE * 2.3) if card.marks else 0


def _line_leading(font: ImageFont.FreeTypeFont) -> int:
    return round(font.size * 1.45)


def _set_title(
    card: ShareCard, bold: Path, height: int
) -> tuple[tuple[str, ...], ImageFont.FreeTypeFont] | None:
    """The largest size whose lines fit in ``height`` pixels: few lines first, four only at the smaller sizes."""
    for size in _TITLE_SIZES:
        font = load_font(bold, size)
        most = min(2 if size > 60 else 3 if size > 40 else _TITLE_LINES, height // _leading(font))
        lines = set_lines(card.title, font, _TEXT_WIDTH, most, card.names)
        if lines is not None:
            return lines, font
    return None


def _cut_title(card: ShareCard, bold: Path) -> tuple[tuple[str, ...], ImageFont.FreeTypeFont]:
    font = load_font(bold, _TITLE_SIZES[-1])
    return cut_lines(card.title, font, _TEXT_WIDTH, 2 if card.highlight else _TITLE_LINES), font


def _leading(font: ImageFont.FreeTypeFont) -> int:
    return round(font.size * 1.32)


def _draw_frame(pen: ImageDraw.ImageDraw) -> None:
    """A certificate's double frame: the square keeps it at head and foot and cuts off the sides."""
    for inset, width in ((14, 6), (26, 2)):
        box = (inset, inset, CARD_WIDTH - 1 - inset, CARD_HEIGHT - 1 - inset)
        pen.rectangle(box, outline=255, width=width)
    pen.rectangle((_MIDDLE - 30, CARD_HEIGHT - 122, _MIDDLE + 30, CARD_HEIGHT - 121), fill=255)


def _draw_marks(
    pen: ImageDraw.ImageDraw, marks: tuple[str, ...], font: ImageFont.FreeTypeFont, top: float
) -> None:
    room = _TEXT_WIDTH // len(marks) - 2 * 18
    words = [cut_line(mark, font, room) for mark in marks]
    widths = [font.getlength(word) + 2 * 12 for word in words]
    x = _MIDDLE - (sum(widths) + 14 * (len(words) - 1)) / 2
    height = round(_MARK_SIZE * 1.5)
    for word, width in zip(words, widths, strict=True):
        pen.rectangle((round(x), top, round(x + width), top + height), outline=255, width=2)
        pen.text((x + width / 2, top + height / 2), word, fill=255, font=font, anchor="mm")
        x += width + 14


def _centred(pen: ImageDraw.ImageDraw, line: str, font: ImageFont.FreeTypeFont, y: float) -> None:
    pen.text((_MIDDLE, y), line, fill=255, font=font, anchor="mm")


def _png(ink: Image.Image, accent: Image.Image, words: str, colour_of_accent: tuple[int, int, int]) -> bytes:
    """Two masks → sixteen colours: indices 0 to 7 from paper to ink, 8 to 15 from paper to accent."""
    steps = _LEVELS - 1
    inked = ink.point([round(value * steps / 255) for value in range(256)])
    accented = accent.point(
        [_LEVELS + round(value * steps / 255) if value > 18 else 0 for value in range(256)]
    )
    # The masks do not overlap but for soft edges; there the accent stands.
    card = ImageChops.lighter(inked, accented)
    palette = [
        round(paper + (colour - paper) * level / steps)
        for to in (_INK, colour_of_accent)
        for level in range(_LEVELS)
        for paper, colour in zip(_PAPER, to, strict=True)
    ]
    indexed = Image.new("P", card.size)
    indexed.putdata(card.tobytes())
    indexed.putpalette(palette)
    said = PngInfo()
    said.add_itxt("Description", words, "zh-CN")
    out = io.BytesIO()
    indexed.save(out, "PNG", bits=4, compress_level=4, pnginfo=said)
    return out.getvalue()
