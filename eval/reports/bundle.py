"""The script that draws the plots in the browser: Vega-Lite and its parts as one text, so that a page needs no network."""

from __future__ import annotations

from functools import cache

from index.errors import MissingPackageError


@cache
def vega_script() -> str:
    """The bundle (0.9 MB) that defines `vegaEmbed`; made in about a second, then kept. Raises MissingPackageError."""
    try:
        import vl_convert
    except ImportError as missing:
        raise MissingPackageError(
            "画报告的图需要 vl-convert-python，当前环境没有安装；"
            '请先运行 .venv/bin/pip install -c constraints.txt -e ".[eval]"，或改用 Markdown 报告。'
        ) from missing
    return vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;")
