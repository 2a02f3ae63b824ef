"""Where the language model is and how far it is trusted with time and length; a frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from index.errors import SettingsError


@dataclass(frozen=True, slots=True)
class LanguageModelSettings:
    """An OpenAI-compatible chat server and the bounds of one answer.

    `timeout_s` bounds the wait for a connection and between two pieces of the stream, in seconds; `evidence_tokens` is what
    the numbered evidence may take, counted in the shipped encoding; `max_output_chars` ends an answer that does not end.
    """

    base_url: str
    model: str
    api_key: str = field(default="none", repr=False)
    timeout_s: float = 30.0
    max_retries: int = 2
    evidence_tokens: int = 2400
    max_output_chars: int = 4000

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> LanguageModelSettings | None:
        """The settings in CHANGAI_LLM_BASE_URL, _MODEL, _API_KEY and _TIMEOUT; None where the first two are not both set.

        Raises SettingsError for an address that is no http address and for a timeout that is no positive number.
        """
        base_url = environment.get("CHANGAI_LLM_BASE_URL", "").strip()
        model = environment.get("CHANGAI_LLM_MODEL", "").strip()
        if not base_url or not model:
            return None
        if urlsplit(base_url).scheme not in {"http", "https"} or not urlsplit(base_url).netloc:
            raise SettingsError(f"CHANGAI_LLM_BASE_URL 不是网址：「{base_url}」；请写成 http://主机:端口/v1 的形式。")
        timeout = environment.get("CHANGAI_LLM_TIMEOUT", "").strip() or "30"
        try:
            seconds = float(timeout)
        except ValueError:
            seconds = 0.0
        if not 0 < seconds <= 3600:
            raise SettingsError(f"CHANGAI_LLM_TIMEOUT 应为 0 到 3600 之间的秒数，现为「{timeout}」；请改正或去掉。")
        key = environment.get("CHANGAI_LLM_API_KEY", "").strip() or "none"
        return cls(base_url, model, key, seconds)
