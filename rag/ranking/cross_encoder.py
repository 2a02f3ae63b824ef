"""A cross-encoder of sentence-transformers that orders the best passages anew, for whoever has one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from index.errors import ModelError

# A cross-encoder reads question and passage together, which takes tens of milliseconds a pair on two cores.
MOST = 50


def rescored(name: str, question: str, passages: Sequence[str]) -> list[float]:
    """The chance, 0..1, that a cross-encoder gives each passage; ModelError when it cannot be had."""
    import numpy as np

    if not passages:
        return []
    found = np.asarray(_model(name).predict([(question, passage) for passage in passages], show_progress_bar=False))
    if found.ndim != 1:
        raise ModelError(f"重排模型「{name}」给出 {found.shape[-1]} 个分数，应只给一个；请换一个重排（reranker）模型。")
    # Models that end in a sigmoid of their own give chances already.
    is_chance = found.min() >= 0 and found.max() <= 1
    chances = found if is_chance else 1 / (1 + np.exp(-found.astype(np.float64)))
    return [float(chance) for chance in chances]


@lru_cache(maxsize=1)
def _model(name: str) -> Any:
    try:
        from sentence_transformers import CrossEncoder
    except ImportError as error:
        raise ModelError(
            f"重排模型「{name}」需要 sentence-transformers，尚未安装；"
            '请执行 pip install "changai[models]" 后重试，或去掉 CHANGAI_RERANKER 的设置。'
        ) from error
    try:
        return CrossEncoder(name, local_files_only=True, trust_remote_code=False)
    # A name that cannot be loaded surfaces as one of a dozen unrelated types of three libraries.
    except Exception as error:
        raise ModelError(
            f"重排模型「{name}」加载失败（{type(error).__name__}）；请检查文件夹路径，"
            "模型须先下载到本机，或去掉 CHANGAI_RERANKER 的设置。"
        ) from error
