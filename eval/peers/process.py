"""One compared system in a process of its own: requests go in as JSON lines, replies come out."""

from __future__ import annotations

import json
import os
import selectors
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile
from time import monotonic
from types import TracebackType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
# The same for every system: one thread each, one hash seed, and no way to the network's models.
SAME_FOR_ALL = {
    "PYTHONHASHSEED": "0",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "RAYON_NUM_THREADS": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HAYSTACK_TELEMETRY_ENABLED": "False",
    "PYTHONWARNINGS": "ignore",
    "PYTHONUTF8": "1",
}
_KEPT = ("PATH", "HOME", "LANG", "TMPDIR", "SYSTEMROOT")
_TAIL = 300


class PeerFailedError(Exception):
    """A compared system ended, was too slow or reported an error; the message is one line for the report."""


class PeerProcess:
    """A running system; a context manager that ends the process whatever happens."""

    def __init__(self, command: Sequence[str], limit: float) -> None:
        """Start `command`; every reply must come within `limit` seconds."""
        environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
        self._limit = limit
        self._complaints = TemporaryFile()  # noqa: SIM115 - it lives as long as the process.
        self._process = subprocess.Popen(
            list(command),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            cwd=ROOT,
            env={**environment, **SAME_FOR_ALL, "PYTHONPATH": str(ROOT)},
        )
        self._received = b""

    def __enter__(self) -> PeerProcess:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._complaints.close()

    def ask(self, do: str, **fields: Any) -> Mapping[str, Any]:
        """The reply to one request; PeerFailedError when there is none in time or it is an error."""
        stdin = self._process.stdin
        assert stdin is not None
        try:
            stdin.write(json.dumps({"do": do, **fields}, ensure_ascii=False).encode("utf-8") + b"\n")
            stdin.flush()
            reply = json.loads(self._line())
        except OSError as error:
            raise PeerFailedError(f"进程已结束：{self._last_words()}") from error
        except ValueError as error:
            raise PeerFailedError("答复不是 JSON") from error
        if "error" in reply:
            raise PeerFailedError(str(reply["error"]))
        found: Mapping[str, Any] = reply
        return found

    def _line(self) -> bytes:
        stdout = self._process.stdout
        assert stdout is not None
        end = monotonic() + self._limit
        with selectors.DefaultSelector() as selector:
            selector.register(stdout, selectors.EVENT_READ)
            while b"\n" not in self._received:
                if not selector.select(max(0.0, end - monotonic())):
                    self._process.kill()
                    raise PeerFailedError(f"{self._limit:g} 秒内没有答复，已停止")
                part = os.read(stdout.fileno(), 1 << 20)
                if not part:
                    raise PeerFailedError(f"进程已结束：{self._last_words()}")
                self._received += part
        line, self._received = self._received.split(b"\n", 1)
        return line

    def _last_words(self) -> str:
        self._complaints.seek(0)
        lines = self._complaints.read().decode("utf-8", "replace").strip().splitlines()
        return lines[-1][-_TAIL:] if lines else "没有留下说明"
