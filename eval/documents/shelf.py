"""A folder of small files in which every document holds a word of its own, so that each can be told from its older states."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from random import Random

# What an index holds, or should: the words of its own that stand in the title and text of each document, by origin.
State = dict[str, frozenset[str]]

CORPUS = "班组.jsonl"
# What is read in the writer's own process, and what in others.
PLAIN = (".txt", ".md", ".txt")
MIXED = (*PLAIN, ".html")
_LETTERS = "bcdfghjklmnpqrstvwxyz"
_SUBJECTS = ("铸造车间", "焊接班组", "港口调度组", "纺织一厂", "矿山检修队", "机床装配线", "乳品包装间", "铁路养护段")
_DEEDS = (
    "开办了夜间培训课",
    "评出了新的首席技师",
    "添置了实训设备",
    "和职业学校签了协议",
    "把合理化建议贴上了墙",
    "请老师傅带了徒弟",
    "给考取证书的职工发了补贴",
    "办了一场技能比武",
)


class Shelf:
    """The files on disk; `words` holds every word that ever stood in one of them, or in a title given by hand."""

    def __init__(self, folder: Path, files: int, records: int, random: Random, suffixes: Sequence[str] = MIXED) -> None:
        self.folder = folder
        self._suffixes = suffixes
        self.words: set[str] = set()
        self._random = random
        self._files: dict[Path, dict[str, str]] = {}
        self._serial = 0
        folder.mkdir(parents=True)
        self.put(files)
        self._files[self.corpus] = {f"r{number}": self.word() for number in range(records)}
        self._write_corpus()

    @property
    def corpus(self) -> Path:
        """The corpus, whose lines are documents of their own."""
        return self.folder / CORPUS

    def word(self) -> str:
        """A word that no other document holds."""
        self._serial += 1
        left, letters = self._serial, ""
        for _ in range(5):
            left, rest = divmod(left, len(_LETTERS))
            letters = _LETTERS[rest] + letters
        word = f"zq{letters}"
        self.words.add(word)
        return word

    def state(self) -> State:
        """What an index of all files holds."""
        return {
            f"{path}#{record}" if record else str(path): frozenset({word})
            for path, words in self._files.items()
            for record, word in words.items()
        }

    def path_of(self, origin: str) -> Path:
        """The file that a document comes from."""
        return Path(origin.partition("#")[0])

    def some(self, count: int) -> list[Path]:
        """A few of the files that are one document each."""
        alone = [path for path in self._files if path != self.corpus]
        return self._random.sample(alone, min(count, len(alone)))

    def put(self, count: int) -> list[Path]:
        """Adds new files."""
        made = []
        for _ in range(count):
            word = self.word()
            path = self.folder / f"{word}{self._random.choice(self._suffixes)}"
            self._files[path] = {"": word}
            path.write_text(self._text(path.suffix, word), encoding="utf-8")
            made.append(path)
        return made

    def change(self, paths: list[Path]) -> None:
        """Gives files another content."""
        for path in paths:
            word = self.word()
            self._files[path] = {"": word}
            path.write_text(self._text(path.suffix, word), encoding="utf-8")

    def change_corpus(self) -> None:
        """Changes a line of the corpus, drops one and adds one."""
        lines = self._files[self.corpus]
        changed, dropped = self._random.sample(sorted(lines), 2)
        del lines[dropped]
        lines[changed] = self.word()
        lines[f"r{self._serial}"] = self.word()
        self._write_corpus()

    def delete(self, paths: list[Path]) -> None:
        """Takes files away."""
        for path in paths:
            path.unlink()
            del self._files[path]

    def move(self, path: Path) -> None:
        """Gives a file another name."""
        target = path.with_name(f"{self.word()}{path.suffix}")
        path.rename(target)
        self._files[target] = self._files.pop(path)

    def _write_corpus(self) -> None:
        lines = (
            json.dumps({"id": record, "title": f"{word}简报", "text": self._lines(word)}, ensure_ascii=False)
            for record, word in self._files[self.corpus].items()
        )
        self.corpus.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def _text(self, suffix: str, word: str) -> str:
        title, lines = f"{self._random.choice(_SUBJECTS)}{word}简报", self._lines(word)
        if suffix == ".html":
            body = "".join(f"<p>{line}</p>" for line in lines.split("\n"))
            return f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>"
        return f"---\ntitle: {title}\n---\n{lines}" if suffix == ".md" else f"{title}\n{lines}"

    def _lines(self, word: str) -> str:
        return "\n".join(
            f"{self._random.choice(_SUBJECTS)}{word}在{self._random.randint(2, 12)}月{deed}，"
            f"参加的产业工人有{self._random.randint(3, 900)}名。"
            for deed in self._random.sample(_DEEDS, 2)
        )
