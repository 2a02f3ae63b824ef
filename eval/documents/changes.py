"""The changes of an index that are killed: what each does to the files, its command, and what the index holds afterwards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from eval.documents.shelf import Shelf, State
from eval.documents.standing import Standing

ADD, REPLACE, REMOVE, RENAME, SCAN, BUILD, RESUME, RIVALS = (
    "添加", "替换", "删除", "改标题", "扫描", "重建", "续建", "两个写者",
)  # fmt: skip
KINDS = (ADD, REPLACE, REMOVE, RENAME, SCAN, BUILD, RESUME, RIVALS)


@dataclass(frozen=True, slots=True)
class Change:
    """A change that a process makes: the arguments of its `python -m`, and what the index holds once it is made."""

    command: tuple[str, ...]
    after: State


@dataclass(frozen=True, slots=True)
class Changes:
    """Makes changes over a shelf and the index of it in the folder `index`."""

    shelf: Shelf
    index: Path
    random: Random

    def of(self, kind: str, found: Standing) -> Change:
        """Does what a change of this kind begins with to the files; `found` is what the index holds."""
        small = {ADD: self._add, REPLACE: self._replace, REMOVE: self._remove, RENAME: self._rename}
        if kind in small:
            return small[kind](found)
        self._stir()
        whole = self.shelf.state()
        if kind in (BUILD, RESUME):
            return Change(self.small("build") if kind == RESUME else self.cli("build", str(self.shelf.folder)), whole)
        # Every other scan finds the index large, in little.
        is_small = self.random.random() < 0.5
        return Change(self.small("scan") if is_small else self.cli("scan", str(self.shelf.folder)), _kept(whole, found))

    def cli(self, action: str, *arguments: str) -> tuple[str, ...]:
        """A command of the program."""
        return ("cli", action, *arguments, "--index", str(self.index))

    def small(self, action: str) -> tuple[str, ...]:
        """A build or scan with small parts."""
        return ("eval.documents.small_parts", action, str(self.index), str(self.shelf.folder))

    def _add(self, found: Standing) -> Change:
        return self._added(self.shelf.put(self._few()), found)

    def _replace(self, found: Standing) -> Change:
        paths = self.shelf.some(self._few())
        self.shelf.change(paths)
        self.shelf.change_corpus()
        return self._added([*paths, self.shelf.corpus], found)

    def _remove(self, found: Standing) -> Change:
        paths = self._held(found)[: self._few()]
        self.shelf.delete(paths)
        gone = set(map(str, paths))
        left = {origin: words for origin, words in found.held.items() if origin not in gone}
        return Change(self.cli("remove", *gone), left)

    def _rename(self, found: Standing) -> Change:
        path, title = str(self._held(found)[0]), self.shelf.word()
        after = found.held | {path: found.texts[path] | {title}}
        return Change(self.cli("rename", path, f"{title}简报"), after)

    def _stir(self) -> None:
        """A bit of everything that may happen to a folder between two readings of it."""
        count = self._few()
        self.shelf.delete(self.shelf.some(count))
        self.shelf.put(count)
        self.shelf.change(self.shelf.some(count))
        self.shelf.move(self.shelf.some(1)[0])
        if self.random.random() < 0.5:
            self.shelf.change_corpus()

    def _added(self, paths: Iterable[Path], found: Standing) -> Change:
        named = set(paths)
        others = {origin: words for origin, words in found.held.items() if self.shelf.path_of(origin) not in named}
        theirs = {origin: words for origin, words in self.shelf.state().items() if self.shelf.path_of(origin) in named}
        return Change(self.cli("add", *map(str, named)), others | _kept(theirs, found))

    def _held(self, found: Standing) -> list[Path]:
        """The files that the index holds, in an order of chance."""
        return [path for path in self.shelf.some(len(found.held)) if str(path) in found.held]

    def _few(self) -> int:
        return self.random.randint(1, 4)


def _kept(files: State, found: Standing) -> State:
    """What reading the files gives: a document that is as it was keeps the title that it was given."""
    return {
        origin: found.held[origin] if words == found.texts.get(origin) else words for origin, words in files.items()
    }
