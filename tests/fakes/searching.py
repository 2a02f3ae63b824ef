"""A search whose order can be worked out by eye: by the characters that a question shares with a document."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eval.reply import Found


@dataclass(frozen=True)
class SharedCharacters:
    """Ranks texts by how many different characters they share with the words, ties by id; none shared is not found."""

    texts: Mapping[str, str]

    def __call__(self, words: str) -> Sequence[Found]:
        shared = {name: len(set(words) & set(text)) for name, text in self.texts.items()}
        order = sorted((name for name in shared if shared[name]), key=lambda name: (-shared[name], name))
        return [Found(name, 0, len(self.texts[name])) for name in order]
