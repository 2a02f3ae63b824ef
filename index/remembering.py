"""What was made for the last keys, so that an answer that asks for the same several times waits for it once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Sequence
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Remembered(Generic[Key, Value]):
    """At most `most` values by their keys, those asked for longest ago forgotten first; safe to share between threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: OrderedDict[Key, Value] = OrderedDict()
        self._lock = Lock()

    def of(self, keys: Sequence[Key], make: Callable[[list[Key]], Iterable[tuple[Key, Value]]]) -> dict[Key, Value]:
        """The values of the keys, those that are not held made together; a key for which none is made is left out."""
        found: dict[Key, Value] = {}
        with self._lock:
            for key in keys:
                if key in self._held:
                    self._held.move_to_end(key)
                    found[key] = self._held[key]
        missing = [key for key in dict.fromkeys(keys) if key not in found]
        if missing:
            # Two threads may make the same at once; none of them waits for what the other makes.
            made = dict(make(missing))
            found |= made
            with self._lock:
                self._held |= made
                while len(self._held) > self._most:
                    self._held.popitem(last=False)
        return found
