"""An article as plain text, Markdown (CommonMark 0.31) or an HTML fragment; pure over stored values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from typing import Final

from newstui.locale import Catalogue, catalogue
from newstui.model import Block, Revision, Stored

_MARKDOWN: Final = re.compile(r"([\\`*_\[\]<>#|~&])")
_MARKDOWN_START: Final = re.compile(r"^(\s*[0-9]{0,9})([-+=.)])")


def facts(stored: Stored) -> tuple[str, ...]:
    """What stands under the title: paper, author, time, district path; only what is known.

    A page without a date has none here, though it is listed under that of its first copy.
    """
    published = None if stored.undated else stored.row.published
    return tuple(
        part
        for part in (
            stored.byline or stored.source_title,
            stored.author,
            f"{published:%Y-%m-%d %H:%M}" if published else "",
            stored.district,
        )
        if part
    )


def copies(stored: Stored, words: Catalogue) -> tuple[str, ...]:
    """When an archive's copy was made, and how often the text has changed; only what there is to say."""
    said = []
    if stored.captured is not None:
        said.append(words("reader.captured", time=f"{stored.captured:%Y-%m-%d %H:%M}"))
    if stored.revisions:
        said.append(words("reader.revised", count=stored.revisions))
    return tuple(said)


def to_text(stored: Stored, width: int = 0, words: Catalogue | None = None) -> str:
    """Plain text: title, facts, then paragraphs with the two-em indent of Chinese prose, links numbered at the end.

    width: cells of a line; 0 leaves paragraphs in one line each. Addresses, tables and code are never broken. words:
    the language of what is said of copies; None is Chinese, like the article.
    """
    lines = [*_set("", stored.row.title, "", width), *_set("", "  ".join(facts(stored)), "", width)]
    of_copies = copies(stored, words or catalogue("zh"))
    if of_copies:
        lines += _set("", "  ".join(of_copies), "", width)
    lines.append("")
    numbers: dict[str, int] = {}
    for block in _body(stored):
        lines.extend(_text_block(block, numbers, width))
    if stored.row.url:
        lines += ["", stored.row.url]
    lines.extend(f"[{number}] {url}" for url, number in numbers.items())
    if stored.note:
        lines += ["", *_set("✎ ", stored.note, "  ", width)]
    return "\n".join(lines) + "\n"


def earlier_text(revision: Revision, width: int, words: Catalogue) -> str:
    """A text that an article had before: title, when its copy was made or when it was replaced, paragraphs."""
    key, moment = (
        ("reader.captured", revision.captured) if revision.captured else ("reader.replaced", revision.replaced)
    )
    lines = [*_set("", revision.title, "", width), words(key, time=f"{moment:%Y-%m-%d %H:%M}"), ""]
    for paragraph in revision.text.split("\n"):
        lines += _set("\u3000\u3000", paragraph, "", width)
    return "\n".join(lines) + "\n"


def _set(lead: str, text: str, rest: str, width: int) -> list[str]:
    """`text` with `lead` before its first line and, wrapped to `width` cells, `rest` before each further one."""
    if not width:
        return [lead + text]
    from newstui.text.widths import cell_width
    from newstui.text.wrap import wrap

    lines = wrap(text, width, cell_width(lead), cell_width(rest))
    if lines and lines[0].indent < cell_width(lead):  # no room for it
        lead = rest = ""
    return [(rest if number else lead) + text[line.start : line.end] for number, line in enumerate(lines)] or [lead]


def _body(stored: Stored) -> Iterable[Block]:
    if stored.blocks:
        return stored.blocks
    return (Block("paragraph", line) for line in stored.summary.splitlines() if line)


def _numbered(block: Block, numbers: dict[str, int]) -> str:
    parts: list[str] = []
    position = 0
    for link in block.links:
        parts.append(block.text[position : link.end])
        parts.append(f"[{numbers.setdefault(link.url, len(numbers) + 1)}]")
        position = link.end
    return "".join(parts) + block.text[position:]


def _text_block(block: Block, numbers: dict[str, int], width: int) -> Iterator[str]:
    text = _numbered(block, numbers)
    match block.kind:
        case "paragraph":
            yield from _set("\u3000\u3000", text, "", width)
        case "heading":
            yield ""
            yield from _set("", text, "", width)
        case "item":
            indent = "  " * max(block.level, 1)
            yield from _set(f"{indent}{block.marker or '•'} ", text, f"{indent}  ", width)
        case "quote":
            yield from _set("  > ", text, "  > ", width)
        case "table":
            yield from ("  ".join(row) for row in block.rows)
        case "image":
            yield from _set("[图] " if text else "[图]", text, "", width)
        case "code":
            yield from (f"    {line}" for line in block.text.split("\n"))
        case "rule":
            yield "———"


def _inline(text: str) -> str:
    """Text that Markdown reads as itself in the middle of a line."""
    return _MARKDOWN.sub(r"\\\1", text.replace("\n", " "))


def _line(text: str) -> str:
    """Escaped text that begins a line: it is no list marker or heading underline either."""
    return _MARKDOWN_START.sub(r"\1\\\2", text)


def _markdown_links(block: Block) -> str:
    parts: list[str] = []
    position = 0
    for link in block.links:
        parts.append(_inline(block.text[position : link.start]))
        parts.append(f"[{_inline(block.text[link.start : link.end])}]({_target(link.url)})")
        position = link.end
    return _line("".join(parts) + _inline(block.text[position:]))


def _target(url: str) -> str:
    return url.translate({ord(" "): "%20", ord("("): "%28", ord(")"): "%29", ord("<"): "%3C", ord(">"): "%3E"})


def to_markdown(stored: Stored, words: Catalogue | None = None) -> str:
    """CommonMark with the title as first-level heading."""
    said = (*facts(stored), *copies(stored, words or catalogue("zh")))
    parts = [f"# {_inline(stored.row.title)}", _line(_inline(" · ".join(said)))]
    for block in _body(stored):
        match block.kind:
            case "heading":
                parts.append(f"{'#' * min(max(block.level, 2), 6)} {_markdown_links(block)}")
            case "item":
                marker = block.marker if block.marker[:1].isdigit() else "-"
                parts.append("  " * (max(block.level, 1) - 1) + f"{marker} {_markdown_links(block)}")
            case "quote":
                parts.append(f"> {_markdown_links(block)}")
            case "table":
                parts.append(_markdown_table(block.rows))
            case "image":
                parts.append(f"![{_inline(block.text)}]({_target(block.url)})")
            case "code":
                fence = "`" * max(3, 1 + max(map(len, re.findall("`+", block.text)), default=0))
                parts.append(f"{fence}\n{block.text}\n{fence}")
            case "rule":
                parts.append("---")
            case "paragraph":
                parts.append(_markdown_links(block))
    if stored.row.url:
        parts.append(f"<{_target(stored.row.url)}>")
    return "\n\n".join(parts) + "\n"


def _markdown_table(rows: tuple[tuple[str, ...], ...]) -> str:
    width = max((len(row) for row in rows), default=0)
    lines = ["| " + " | ".join(_inline(cell) for cell in (*row, *[""] * (width - len(row)))) + " |" for row in rows]
    if lines:
        lines.insert(1, "|" + " --- |" * width)
    return "\n".join(lines)


def to_html(stored: Stored, words: Catalogue | None = None) -> str:
    """An <article> element with nothing in it but escaped text, links and pictures by address."""
    said = (*facts(stored), *copies(stored, words or catalogue("zh")))
    parts = [
        "<article>",
        f"<h1>{escape(stored.row.title)}</h1>",
        f"<p>{escape(' · '.join(said))}</p>",
    ]
    parts.extend(_html_block(block) for block in _body(stored))
    if stored.row.url:
        parts.append(f'<p><a href="{escape(stored.row.url)}">{escape(stored.row.url)}</a></p>')
    parts.append("</article>")
    return "\n".join(parts) + "\n"


def _html_links(block: Block) -> str:
    parts: list[str] = []
    position = 0
    for link in block.links:
        parts.append(escape(block.text[position : link.start]))
        parts.append(f'<a href="{escape(link.url)}">{escape(block.text[link.start : link.end])}</a>')
        position = link.end
    return "".join(parts) + escape(block.text[position:])


def _html_block(block: Block) -> str:
    match block.kind:
        case "heading":
            level = min(max(block.level, 2), 6)
            return f"<h{level}>{_html_links(block)}</h{level}>"
        case "item":
            return f"<ul><li>{_html_links(block)}</li></ul>"
        case "quote":
            return f"<blockquote><p>{_html_links(block)}</p></blockquote>"
        case "table":
            rows = ("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in block.rows)
            return "<table>" + "".join(rows) + "</table>"
        case "image":
            caption = f"<figcaption>{escape(block.text)}</figcaption>" if block.text else ""
            return f'<figure><img src="{escape(block.url)}" alt="{escape(block.text)}">{caption}</figure>'
        case "code":
            return f"<pre>{escape(block.text)}</pre>"
        case "rule":
            return "<hr>"
        case "paragraph":
            return f"<p>{_html_links(block)}</p>"
