"""How many characters one document may have."""

from __future__ import annotations

from index.errors import SourceError

# The thickest books have about a million; what is longer is a dump, and would take gigabytes and minutes to work through.
MOST_CHARACTERS = 3_000_000


def refuse_too_long(text: str, name: str) -> None:
    """SourceError for a text of more characters than one document may have."""
    refuse_so_many(len(text), name)


def refuse_so_many(characters: int, name: str) -> None:
    """SourceError once a text that is still being read has more characters than one document may have."""
    if characters > MOST_CHARACTERS:
        limit = MOST_CHARACTERS // 10_000
        raise SourceError(f"文件 {name} 的正文有 {characters} 字，超过上限 {limit} 万字；请拆分后重试。")
