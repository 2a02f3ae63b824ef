"""The head that both pages of the site share: the seal, the name, and the tabs that lead from one to the other."""

from __future__ import annotations

from typing import Literal

Room = Literal["talk", "matrix"]
TABS: tuple[tuple[Room, str, str], ...] = (("talk", "/", "问答"), ("matrix", "/matrix", "举措一览"))
NAMES: dict[Room, tuple[str, str]] = {
    "talk": ("产改问答", "问产业工人队伍建设改革的事，照着资料回答，句句有出处。"),
    "matrix": ("举措一览", "哪个地方有哪项产改举措，一格一格都有原文。"),
}


def masthead(room: Room, has_tabs: bool = True) -> str:
    """The head of a page; the tabs only where there is more than one page."""
    name, told = NAMES[room]
    tabs = "".join(
        # Gradio takes attributes like aria-current away, but leaves classes.
        f'<a class="tab here" aria-current="page" href="{address}">{label}</a>'
        if one == room
        else f'<a class="tab" href="{address}">{label}</a>'
        for one, address, label in TABS
    )
    nav = f'<nav class="tabs" aria-label="页面">{tabs}</nav>' if has_tabs else ""
    return (
        f'<div class="masthead"><span class="seal">产改</span><div class="masthead-name"><h1>{name}</h1><p>{told}</p></div>'
        f"{nav}</div>"
    )
