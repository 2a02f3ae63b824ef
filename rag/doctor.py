"""What answering needs, checked one by one: the index, its model, the token ranks, the LLM where one is set."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from index.errors import ChangaiError
from index.settings import Settings


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: whether it is sound, and what was seen, in Chinese."""

    sound: bool
    what: str


def findings(settings: Settings, environment: Mapping[str, str]) -> Iterator[Finding]:
    """The checks in the order in which a person would mend them; a check that fails names the remedy."""
    for check in (lambda: _index(settings), _tokens, lambda: _model(settings), lambda: _llm(environment)):
        yield _checked(check)


def _checked(check: Callable[[], str]) -> Finding:
    try:
        return Finding(True, check())
    except ChangaiError as error:
        return Finding(False, str(error))


def _index(settings: Settings) -> str:
    from index.library import Library

    with Library.open(settings) as library:
        told = "".join(library.notice)
        return f"索引 {settings.folder}：{library.manifest.documents} 份资料，{library.manifest.chunks} 个段落。{told}"


def _tokens() -> str:
    from index.tokens import count_tokens

    return f"分词表可用（「产业工人队伍建设改革」为 {count_tokens('产业工人队伍建设改革')} 个词元）。"


def _model(settings: Settings) -> str:
    from index.embedding import load_embedder

    embedder = load_embedder(settings.embedder)
    return f"向量模型可用：{embedder.name}，{embedder.dimension} 维。"


def _llm(environment: Mapping[str, str]) -> str:
    from rag.generate import LanguageModelSettings

    llm = LanguageModelSettings.from_environment(environment)
    return "没有设置大模型，回答为原文摘录。" if llm is None else f"已设置大模型：{llm.model}（{llm.base_url}）。"
