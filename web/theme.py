"""The look of the page: fonts of the machine only, our own style, and the small script in the page's head."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gradio.themes import Base

FONTS = ("Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", "sans-serif")
ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E"
    "%3Crect width='32' height='32' rx='7' fill='%23a5281f'/%3E"
    "%3Cpath d='M8 9h16M16 6v3M11 12l2 4M21 12l-2 4M9 17h15M10 17v4q0 4-3 6' stroke='%23fff' stroke-width='2.4' "
    "fill='none' stroke-linecap='round'/%3E%3C/svg%3E"
)


def theme() -> Base:
    """Gradio's base theme with local fonts, larger text and our red."""
    from gradio.themes import Base, sizes

    return Base(primary_hue="red", neutral_hue="stone", text_size=sizes.text_lg, font=FONTS, font_mono=FONTS)


def style() -> str:
    """Our own style sheet."""
    return resources.files("web").joinpath("style.css").read_text(encoding="utf-8")


def head() -> str:
    """What goes first into the page's head: the icon, the description and the script."""
    script = resources.files("web").joinpath("page.js").read_text(encoding="utf-8")
    return (
        f'<link rel="icon" href="{ICON}">'
        '<meta name="description" content="产改问答：照着资料回答产业工人队伍建设改革的问题，句句有出处。">'
        f"<script>{script}</script>"
    )
