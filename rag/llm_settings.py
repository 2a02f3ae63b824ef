"""Where the language model is and how far it is trusted with time and length; a frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from index.errors import SettingsError

# A whole reply may take this many times what one wait for a piece of it may.
_WHOLE_REPLY = 4
_DEAREST = 1e6


@dataclass(frozen=True, slots=True)
class LanguageModelSettings:
    """An OpenAI-compatible chat server and the bounds of one answer.

    `timeout_s` bounds the wait for a connection and between two pieces of the stream, in seconds; `evidence_tokens` is what
    the numbered evidence may take, counted in the shipped encoding; `max_output_chars` ends an answer that does not end;
    the prices are for a million tokens asked and written, None where nobody told them.
    """

    base_url: str
    model: str
    api_key: str = field(default="none", repr=False)
    timeout_s: float = 30.0
    max_retries: int = 2
    evidence_tokens: int = 2400
    max_output_chars: int = 4000
    price_asked: float | None = None
    price_written: float | None = None

    @property
    def total_s(self) -> float:
        """The seconds that a whole reply may take, however evenly it drips."""
        return self.timeout_s * _WHOLE_REPLY

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> LanguageModelSettings | None:
        """The settings in CHANGAI_LLM_BASE_URL, _MODEL, _API_KEY, _TIMEOUT, _PRICES; None where the first two are not set.

        _PRICES is 「asked,written」 for a million tokens. Raises SettingsError for an address that is no http address, a
        timeout that is no positive number and prices that are not two numbers.
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
        asked, written = _prices(environment.get("CHANGAI_LLM_PRICES", "").strip())
        return cls(base_url, model, key, seconds, price_asked=asked, price_written=written)


def _prices(given: str) -> tuple[float | None, float | None]:
    if not given:
        return None, None
    try:
        asked, written = (float(each) for each in given.replace("，", ",").split(","))
    except ValueError:
        asked = written = -1.0
    if not (0 <= asked < _DEAREST and 0 <= written < _DEAREST):
        raise SettingsError(
            f"CHANGAI_LLM_PRICES 应为「提问价,回答价」两个数（每百万词元），现为「{given}」；请改正或去掉。"
        )
    return asked, written
