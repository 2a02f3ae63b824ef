"""Every test runs in a sealed room: its own folder, a clean environment, no socket but loopback."""

import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

LOOPBACK = ("127.", "::1", "localhost")
real_connect = socket.socket.connect
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def guarded_connect(self: socket.socket, address: object) -> None:
    host = address[0] if isinstance(address, tuple) else ""
    if self.family in {socket.AF_INET, socket.AF_INET6} and not str(host).startswith(LOOPBACK):
        raise OSError(f"a test tried to reach {host!r}; only loopback is open")
    real_connect(self, address)  # type: ignore[arg-type]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: Playwright keeps an event loop running in this process from its first test on."""
    items.sort(key=lambda item: "browser" in getattr(item, "fixturenames", ()))


@pytest.fixture(autouse=True)
def sealed_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Closes the network, clears our settings from the environment and gives the test a folder of its own."""
    monkeypatch.setattr(socket.socket, "connect", guarded_connect)
    for name in list(os.environ):
        if name.startswith("CHANGAI_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    room = tmp_path / "room"
    room.mkdir()
    monkeypatch.chdir(room)
    yield


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real documents beside the project; a test that needs it skips, loudly, where it is absent."""
    folder = Path(__file__).resolve().parent.parent.parent / "shared"
    if not (folder / "corpus").is_dir():
        pytest.skip("../shared is absent: this test needs the real documents")
    return folder


@pytest.fixture(scope="session")
def sample_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the bundled briefs that every test reads and none changes."""
    from index.build import build
    from index.settings import Settings

    folder = tmp_path_factory.mktemp("sample") / "index"
    build(Settings(folder=folder), [Path(__file__).resolve().parent.parent / "index" / "sample"])
    return folder


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """How every browser test starts Debian's Chromium; they skip, loudly, where it is absent."""
    if CHROMIUM is None:
        pytest.skip("chromium is absent: nothing is tested in a browser (.ci/run installs it)")
    return {"executable_path": CHROMIUM, "args": QUIET}
