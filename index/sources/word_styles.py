"""What the styles of a Word document say about a paragraph: its heading level and its automatic list."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from index.sources.numbering import attribute, whole
from index.sources.package import local_name

HEADING_STYLE = re.compile(r"(?:heading|标题)\s*(\d)", re.IGNORECASE)
CONTENTS_STYLE = re.compile(r"toc(?:\s*\d|\s+heading)|目录\s*\d?", re.IGNORECASE)
TITLE_STYLES = frozenset(("title", "标题", "大标题", "主标题", "文章标题"))
DEEPEST = 6
BODY_LEVEL = 9
NO_LIST = "0"


@dataclass(frozen=True, slots=True)
class Style:
    """The properties of a paragraph; None where it leaves them to the style that it is based on.

    `level` is 0 for prose, `list_id` is `NO_LIST` for a paragraph that is taken out of its style's list.
    """

    level: int | None = None
    list_id: str | None = None
    depth: int | None = None
    contents: bool = False

    def over(self, base: Style) -> Style:
        """These properties, those of `base` where they are silent."""
        return Style(
            base.level if self.level is None else self.level,
            base.list_id if self.list_id is None else self.list_id,
            base.depth if self.depth is None else self.depth,
            self.contents or base.contents,
        )


PLAIN = Style()


def properties(holder: Any) -> Style:
    """What the `pPr` of a paragraph or of a style says itself."""
    level = list_id = depth = None
    for settings in holder:
        if local_name(settings) != "pPr":
            continue
        for setting in settings:
            kind = local_name(setting)
            if kind == "outlineLvl":
                outline = whole(attribute(setting, "val"))
                level = 0 if outline >= BODY_LEVEL else min(outline + 1, DEEPEST)
            elif kind == "numPr":
                values = {local_name(child): attribute(child, "val") for child in setting}
                list_id = values.get("numId")
                depth = min(whole(values["ilvl"]), 8) if "ilvl" in values else None
    return Style(level, list_id, depth)


def read_styles(root: Any) -> dict[str, Style]:
    """The paragraph styles by id, each complete with what it inherits; the default style is also under "".

    `root` is the root of the styles part, or None where the document has none.
    """
    own: dict[str, tuple[Style, str]] = {}
    default = ""
    for element in root if root is not None else ():
        if local_name(element) != "style" or attribute(element, "type") not in {"paragraph", ""}:
            continue
        values = {local_name(child): attribute(child, "val") for child in element}
        found = properties(element)
        named = _named(values.get("name", "").strip())
        own[attribute(element, "styleId")] = (named.over(found), values.get("basedOn", ""))
        if attribute(element, "default") in {"1", "true", "on"}:
            default = attribute(element, "styleId")
    complete: dict[str, Style] = {}
    for identifier in own:
        chain: dict[str, None] = {}
        at = identifier
        while at in own and at not in complete and at not in chain:
            chain[at] = None
            at = own[at][1]
        base = complete.get(at, PLAIN)
        for inherited in reversed(chain):
            base = complete[inherited] = own[inherited][0].over(base)
    complete.setdefault("", complete.get(default, PLAIN))
    return complete


def _named(name: str) -> Style:
    """What the name alone says: built-in headings state their level by it."""
    if CONTENTS_STYLE.fullmatch(name):
        return Style(level=0, contents=True)
    heading = HEADING_STYLE.match(name)
    if heading:
        return Style(level=min(max(int(heading.group(1)), 1), DEEPEST))
    return Style(level=1) if name.lower() in TITLE_STYLES else PLAIN
