"""Pages of the web become files beside the index: what was fetched stays to be read again, and checked."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from index.sources.formats import suffix_of

WEB_FOLDER = "web"
_LONGEST_NAME = 60


def is_address(name: str) -> bool:
    """Whether a person means a web address and not a file."""
    return re.match(r"https?://", name, re.IGNORECASE) is not None


def download(index: Path, address: str, allow_private: bool | Sequence[str] = False) -> Path:
    """Fetches a web page or file and gives the path of the copy, the same for the same address.

    Copies lie in a folder for each host, so that what the pages of one site share is seen. Raises AddressError when the
    address is not allowed or gives nothing, and OSError when the copy cannot be written.
    """
    from index.sources.address import fetch

    found = fetch(address, allow_private=allow_private)
    host = re.sub(r"[^\w.-]", "_", urlsplit(found.url).hostname or "host")
    mark = hashlib.blake2b(address.encode("utf-8", "replace"), digest_size=4).hexdigest()
    suffix = suffix_of(found.name)
    stem = re.sub(r"[^\w.-]", "_", found.name[: len(found.name) - len(suffix)])[:_LONGEST_NAME] or "page"
    path = index / WEB_FOLDER / host / f"{stem}-{mark}{suffix}"
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.new")
    beside.write_bytes(found.data)
    beside.replace(path)
    return path
