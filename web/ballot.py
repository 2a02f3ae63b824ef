"""The votes of one talk: which thumb is pressed under which answer, and which answer a better one is asked for."""

from __future__ import annotations

from dataclasses import dataclass, field

UP, DOWN = "Like", "Dislike"


@dataclass(slots=True)
class Ballot:
    """Marks by turn, in Gradio's words; `asking` is the turn whose better answer is asked for.

    All stages of a talk share one ballot, so that a vote given while the next answer comes in is not lost.
    """

    marks: dict[int, str] = field(default_factory=dict)
    asking: int | None = None
    unkept: int = 0

    def press(self, turn: int, mark: str) -> None:
        """Presses one thumb and lets the other go."""
        self.marks[turn] = mark

    def release(self, turn: int) -> None:
        """Lets both thumbs go, because the vote could not be kept."""
        # Gradio shows a thumb as pressed by itself, and lets it go only when it hears a word that is new to it.
        self.unkept += 1
        self.marks[turn] = f"unkept {self.unkept}"
