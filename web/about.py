"""What the page says about the library behind it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class About:
    """How many documents and places the library holds, and questions that it can answer (for the first screen)."""

    documents: int
    places: int
    examples: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        """The line at the foot of the page."""
        return f"资料库：{self.documents} 份文档，涉及 {self.places} 个地区与企业 · 回答只依据资料库，逐句核对原文"
