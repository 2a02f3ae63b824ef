"""Loads a prompt and fills its placeholders; a missing or an unused one is an error, never a silent gap."""

from __future__ import annotations

import re
from pathlib import Path

_FOLDER = Path(__file__).parent
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


class PromptError(Exception):
    """A prompt that does not exist, or whose placeholders and values differ."""


def load_prompt(name: str, **values: str) -> str:
    """The prompt `name`.txt of this folder with each {placeholder} replaced by its value.

    Values go in as they are and are not searched for placeholders again, so that a document's braces stay text.
    """
    path = _FOLDER / f"{name}.txt"
    if not re.fullmatch(r"[a-z_]+", name) or not path.is_file():
        known = "、".join(sorted(each.stem for each in _FOLDER.glob("*.txt")))
        raise PromptError(f"没有名为「{name}」的提示词；现有：{known}。")
    template = path.read_text(encoding="utf-8").strip()
    wanted = set(_PLACEHOLDER.findall(template))
    if missing := sorted(wanted - set(values)):
        raise PromptError(f"提示词「{name}」缺少占位符的值：{'、'.join(missing)}；请一并传入。")
    if unused := sorted(set(values) - wanted):
        raise PromptError(f"提示词「{name}」没有占位符：{'、'.join(unused)}；请去掉，或写进 {path.name}。")
    return _PLACEHOLDER.sub(lambda match: values[match[1]], template)
