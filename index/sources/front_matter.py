"""The block between two 「---」 lines at the top of a brief: title, place, publication date and what it is based on."""

from __future__ import annotations

import re
from dataclasses import dataclass

BLOCK = re.compile(r"\A---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
FIELD = re.compile(r"^(\w+)\s*[:：]\s*(.*)$")
ITEM = re.compile(r"^\s*-\s+(.*)$")


@dataclass(frozen=True, slots=True)
class Publication:
    """A publication that a brief takes its facts from; `date` is as written, or empty."""

    title: str
    publisher: str = ""
    date: str = ""

    @property
    def name(self) -> str:
        """「工人日报《……》」."""
        return f"{self.publisher}《{self.title}》"


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The fields of the block; `end` is where the text after it begins."""

    end: int
    title: str = ""
    place: str = ""
    level: str = ""
    published: str = ""
    source: str = ""
    based_on: tuple[Publication, ...] = ()

    @property
    def publications(self) -> str:
        """「工人日报《……》；甲报《……》等3篇」: the first two by name, then how many there are."""
        named = "；".join(publication.name for publication in self.based_on[:2])
        return f"{named}等{len(self.based_on)}篇" if len(self.based_on) > 2 else named

    @property
    def card(self) -> str:
        """「据《……》（工人日报，2021-10-22）整理，非原文」, or empty where nothing is named."""
        if not self.based_on:
            return ""
        first = self.based_on[0]
        origin = "，".join(part for part in (first.publisher, first.date) if part)
        bracket = f"（{origin}）" if origin else ""
        return f"据《{first.title}》{bracket}{'等' if len(self.based_on) > 1 else ''}整理，非原文"


def _bare(value: str) -> str:
    value = value.strip()
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value


def read_front_matter(text: str) -> FrontMatter | None:
    """The front matter of `text`, or None where it does not begin with a closed block that has a field.

    The form is the small part of YAML that briefs use: `name: value` lines and a list of such groups under `based_on`.
    """
    block = BLOCK.match(text)
    if block is None:
        return None
    fields: dict[str, str] = {}
    publications: list[dict[str, str]] = []
    in_list = False
    for line in block.group(1).splitlines():
        item = ITEM.match(line)
        if item and in_list:
            publications.append({})
        field = FIELD.match((item.group(1) if item else line).strip())
        if field is None:
            continue
        name, value = field.group(1), _bare(field.group(2))
        if in_list and publications and (item or line[:1].isspace()):
            publications[-1][name] = value
        else:
            in_list = name == "based_on"
            fields[name] = value
    if not fields:
        return None
    return FrontMatter(
        end=block.end(),
        title=fields.get("title", ""),
        place=fields.get("place", ""),
        level=fields.get("level", ""),
        published=fields.get("published", ""),
        source=fields.get("source", ""),
        based_on=tuple(
            Publication(found["title"], found.get("publisher", ""), found.get("date", ""))
            for found in publications
            if found.get("title")
        ),
    )
