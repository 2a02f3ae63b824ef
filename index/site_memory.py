"""What the pages of each site share, kept beside the generations of an index for pages that come later."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from index.cleaning.site import SiteLines

SITES_FILE = "sites.json"
# A line that so few of a site's pages have will hardly turn out to be its shell.
_LEAST_SHARE = 0.3


def load_sites(index: Path) -> dict[str, SiteLines]:
    """The counts of every site by the folder of its pages; none where there are none."""
    try:
        known = json.loads((index / SITES_FILE).read_bytes())
        return {str(site): SiteLines.from_json(lines) for site, lines in known.items()}
    except (OSError, ValueError, AttributeError):
        # The counts are a help, not a truth: without them the rules alone decide, and pages are counted anew.
        return {}


def save_sites(index: Path, sites: Mapping[str, SiteLines]) -> None:
    """Writes the counts of sites of which more than one page was seen; OSError when the disk refuses."""
    kept = {site: _worth_keeping(lines).as_json() for site, lines in sites.items() if lines.pages > 1}
    if not kept and not (index / SITES_FILE).exists():
        return
    beside = index / f"{SITES_FILE}.new"
    beside.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8", errors="backslashreplace")
    beside.replace(index / SITES_FILE)


def _worth_keeping(lines: SiteLines) -> SiteLines:
    least = max(2.0, _LEAST_SHARE * lines.pages)
    return SiteLines(lines.pages, {key: count for key, count in lines.counts.items() if count >= least})
