"""What a reader of a PDF takes for its text: exactly what was written, in every script.

The renderer maps each glyph to the text of the first cluster in which it drew it (a cluster: letters and glyphs that
the shaper can't take apart). Where a glyph stands for several texts, or several glyphs for one (a vowel drawn before
its consonant, a sign in two parts, a mark above), readers then find another name. Here such a cluster is one glyph of
the file's font, put together from the shaper's, and has a code for each of its letters: the first one draws it, the
others nothing. A glyph that says several letters has several codes. Readers need nothing but ToUnicode, which all of
them know; ActualText, which some pass over, is left to fonts with PostScript outlines (docs/decisions/text-layer.md).
"""

import re
import unicodedata
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import cache, wraps
from itertools import groupby
from typing import Any, NamedTuple

import pydyf

from toolkit.pdf_glyphs import LAST_CODE, Shape, Texts

SHOWN = re.compile(rb"<([0-9a-fA-F]*)>")
LARGEST_GAP = 50  # thousandths: readers take a gap of a tenth of the size for a space, and kerning would part a word
JOINERS = "\u200c\u200d"  # drawn as nothing, and part of how a name is spelt


class Part(NamedTuple):
    """A glyph in its place: thousandths of the font's size, to the right and up."""

    glyph: int
    x: float
    y: float


class Cluster(NamedTuple):
    """How many glyphs the renderer showed for it, and what is shown instead."""

    glyphs: int
    commands: tuple[bytes, ...]  # what stands in a TJ array
    marked: tuple[Any, ...] = ()  # whole commands, where a TJ array is not enough
    chosen: int = 0  # how many times the line had chosen a font when it was drawn


@cache
def teach_text() -> None:
    """Lets the renderer's text say what it stands for. It leans on two private names of the renderer, `draw_first_line`
    and `Font`; tests/toolkit/test_pdf_text_layer.py tells when they have changed."""
    from weasyprint.draw import text

    text.draw_first_line = _saying(text.draw_first_line)


def _saying(draw: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(draw)
    def draw_and_say(stream: Any, textbox: Any, *arguments: Any) -> Any:
        began = len(stream.stream)
        emojis = draw(stream, textbox, *arguments)
        drawn = stream.stream[began:]
        if any(_is_shown(line) for line in drawn):
            clusters = _clusters(stream, textbox)
            if clusters is not None:
                stream.stream[began:] = list(_with_text(drawn, clusters))
        return emojis

    return draw_and_say


def _is_shown(line: Any) -> bool:
    return isinstance(line, bytes) and line.endswith(b"TJ")


def _clusters(stream: Any, textbox: Any) -> list[Cluster] | None:
    """The clusters of a line in the order in which their glyphs were drawn; nothing where the renderer's commands can
    stay: for pictures in place of letters, and for a line of Latin letters of which each has its glyph."""
    from weasyprint.text.ffi import pango

    written, found = textbox.pango_layout.text.encode(), []
    runs = list(_runs(textbox))
    if all(_is_simple(stream, run, written) for run in runs):
        return None
    chosen, before = 0, None
    for run in runs:
        item, glyphs = run.item, run.glyphs
        chosen, before = chosen + (item.analysis.font != before), item.analysis.font
        font, size = stream.add_font(item.analysis.font)
        if font.bitmap or font.png or font.svg or font.colr:
            return None
        if pango.pango_version() < 14802:  # as the renderer does
            size = textbox.style["font_size"]
        texts, backwards = _texts(stream, font), bool(item.analysis.level % 2)
        starts = [glyphs.log_clusters[place] for place in range(glyphs.num_glyphs)]
        ends = dict(zip(sorted(set(starts)), [*sorted(set(starts))[1:], item.length], strict=True))
        for start, places in groupby(range(glyphs.num_glyphs), starts.__getitem__):
            drawn = [glyphs.glyphs[place] for place in places]
            text = written[item.offset + start : item.offset + ends[start]].decode()
            found.append(_cluster(texts, font, size, drawn, text, backwards, chosen))
    return found


def _runs(textbox: Any) -> Iterator[Any]:
    from weasyprint.text.ffi import ffi

    run = textbox.pango_layout.get_first_line()[0].runs[0]
    while run != ffi.NULL:
        yield run.data
        run = run.next


def _is_simple(stream: Any, run: Any, written: bytes) -> bool:
    """Basic Latin from left to right, a glyph a letter, and no glyph that says another text already: most lines are,
    and the renderer's commands are right for them."""
    text = written[run.item.offset : run.item.offset + run.item.length]
    glyphs = run.glyphs
    if not text.isascii() or glyphs.num_glyphs != len(text) or run.item.analysis.level % 2:
        return False
    texts = _texts(stream, stream.add_font(run.item.analysis.font)[0])
    drawn = [glyphs.glyphs[place].glyph for place in range(len(text))]
    return all(glyph <= LAST_CODE for glyph in drawn) and all(
        texts.of_glyph.setdefault(glyph, letter) == letter for glyph, letter in zip(drawn, text.decode(), strict=True)
    )


def _cluster(
    texts: Texts, font: Any, size: float, drawn: list[Any], text: str, backwards: bool, chosen: int
) -> Cluster:
    from weasyprint.text.ffi import FROM_UNITS, pango

    parts, pen, scale = [], 0.0, 1000 * FROM_UNITS / size
    for one in drawn:
        glyph, place = one.glyph, one.geometry
        if glyph != pango.PANGO_GLYPH_EMPTY:
            if glyph & pango.PANGO_GLYPH_UNKNOWN_FLAG:  # the page is drawn anew, with a number in a box
                glyph = font.get_unused_glyph_id(glyph - pango.PANGO_GLYPH_UNKNOWN_FLAG)
            parts.append(Part(glyph, pen + place.x_offset * scale, -place.y_offset * scale))
        pen += place.width * scale
    if not parts and not (text in JOINERS and texts.can_draw):
        return Cluster(0, (_number(-pen),) if pen else (), chosen=chosen)
    commands = _as_glyph(texts, font, parts, pen, text, backwards) or _put_together(texts, parts, pen, text, backwards)
    if commands is not None:
        return Cluster(len(parts), commands, chosen=chosen)
    return Cluster(len(parts), (), _with_actual_text(texts, font, parts, pen, text, size), chosen)


def _as_glyph(
    texts: Texts, font: Any, parts: list[Part], pen: float, text: str, backwards: bool
) -> tuple[bytes, ...] | None:
    """One glyph that stands on the line and says the text: as the renderer shows it."""
    if (
        len(parts) != 1
        or abs(parts[0].y) > 0.5
        or len(text) > 1
        or (texts.can_draw and not font.widths[parts[0].glyph])
    ):
        return None
    [part] = parts
    after = font.widths[part.glyph] + part.x - pen
    if texts.can_draw and max(part.x, -after) > LARGEST_GAP:
        return None
    code = texts.code(part.glyph, text)
    return None if code is None else _moved(-part.x, code, after)


def _put_together(texts: Texts, parts: list[Part], pen: float, text: str, backwards: bool) -> tuple[bytes, ...] | None:
    """One new glyph for the whole cluster, and empty ones next to it for its further letters.

    A letter at a time, since from right to left some readers turn the letters of one glyph round and some don't. The
    glyph is that of a letter that isn't a mark, whose width pdf.js takes for nothing, and has all the width: cairo cuts
    what reaches far beyond.
    """
    said = list(reversed(text)) if backwards else list(text)
    drawing = next((place for place, letter in enumerate(said) if unicodedata.category(letter) not in ("Mn", "Cf")), 0)
    least = texts.in_thousandths(texts.least)
    width = max(texts.in_units(pen - (len(said) - 1) * least), texts.least)
    # Where the cluster has no room (a mark below what was drawn), its letters begin a hair earlier: readers sort by the
    # left edge.
    beyond = texts.in_thousandths(width) + (len(said) - 1) * least - pen
    begins = drawing * least - max(beyond, 0)
    placed = tuple((part.glyph, texts.in_units(part.x - begins), texts.in_units(part.y)) for part in parts)
    shown = [_number(beyond)] if beyond >= 0.01 else []
    for place, letter in enumerate(said):
        shape = Shape(placed, width, letter) if place == drawing else Shape((), texts.least, letter)
        code = texts.put_together(shape)
        if code is None:
            return None
        shown.append(b"<%04x>" % code)
    return (*shown, _number(beyond)) if beyond <= -0.01 else tuple(shown)


def _with_actual_text(
    texts: Texts, font: Any, parts: list[Part], pen: float, text: str, size: float
) -> tuple[Any, ...]:
    """The glyphs one by one, and around them what they say together."""
    shown: list[Any] = ["/Span", pydyf.Dictionary({"ActualText": pydyf.String(text)}), b"BDC"]
    at = 0.0
    for part, letters in zip(parts, _shared_out(text, len(parts)), strict=True):
        texts.of_glyph.setdefault(part.glyph, letters)
        rise = part.y * size / 1000
        shown += [b"%.4f Ts" % rise] if rise else []
        shown.append(b"[" + b" ".join(_moved(at - part.x, part.glyph, 0)) + b"] TJ")
        shown += [b"0 Ts"] if rise else []
        at = part.x + font.widths[part.glyph]
    return (*shown, b"[" + _number(at - pen) + b"] TJ", b"EMC")


def _shared_out(text: str, count: int) -> list[str]:
    """A letter for each of `count` glyphs, the rest for the last one; together always `text`."""
    letters = list(text)
    if len(letters) < count:
        return letters + [""] * (count - len(letters))
    return [*letters[: count - 1], "".join(letters[count - 1 :])]


def _moved(before: float, code: int, after: float) -> tuple[bytes, ...]:
    """A code in a TJ array between two numbers, which move what follows to the left."""
    first = (_number(before),) if abs(before) >= 0.01 else ()
    last = (_number(after),) if abs(after) >= 0.01 else ()
    return (*first, b"<%04x>" % code, *last)


def _number(value: float) -> bytes:
    return b"%.2f" % value


def _texts(stream: Any, font: Any) -> Texts:
    """The one ledger of all that share a font's name in the file."""
    keeper = next(one for one in stream._fonts.values() if one.hash == font.hash)
    if not hasattr(keeper, "texts"):
        can_draw = "glyf" in font.tables and "CFF " not in font.tables and "CFF2" not in font.tables
        keeper.texts = Texts(font.upem, font.glyph_count, can_draw)
    found: Texts = keeper.texts
    return found


def _with_text(lines: Iterable[Any], clusters: Iterable[Cluster]) -> Iterator[Any]:
    """The commands that draw a line, with those of `clusters` instead of the renderer's for their glyphs."""
    waiting, left, chosen = deque(clusters), 0, 0
    shown: list[bytes] = []
    for line in lines:
        if not _is_shown(line):
            if _is_font(line):  # what was drawn as nothing in the font before, such as a joiner, has its code there
                yield from _show([command for one in _of_font(waiting, chosen) for command in one.commands])
                chosen += 1
            if not (isinstance(line, bytes) and line.endswith(b" Ts")):  # what is raised is raised by its cluster
                yield line
            continue
        left += sum(len(codes) // 4 for codes in SHOWN.findall(line))
        while left > 0:
            cluster = waiting.popleft()
            left -= cluster.glyphs
            shown += cluster.commands
            if cluster.marked:
                yield from _show(shown)
                yield from cluster.marked
        yield from _show(shown)
    yield from _show([command for one in _of_font(waiting, chosen) for command in one.commands])


def _is_font(line: Any) -> bool:
    return isinstance(line, bytes) and line.endswith(b" Tf")


def _of_font(waiting: "deque[Cluster]", chosen: int) -> Iterator[Cluster]:
    """Takes what is left of the clusters of the font that was chosen last: they draw no glyph."""
    while waiting and waiting[0].chosen <= chosen:
        yield waiting.popleft()


def _show(shown: list[bytes]) -> Iterator[bytes]:
    if shown:
        yield b"[" + b" ".join(shown).replace(b"> <", b"") + b"] TJ"
        shown.clear()
