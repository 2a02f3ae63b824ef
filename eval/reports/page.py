"""The report as one HTML file that works offline: figures first, then plots, tables and the worst questions."""

from __future__ import annotations

import base64
import hashlib
import json
from importlib import resources

from markupsafe import Markup

from eval.reports.bundle import vega_script
from eval.reports.curves import latency_plot, risk_plot
from eval.reports.plots import CONFIG, Spec, caps_plot, headline_plot, type_plot
from eval.reports.sections import body
from eval.reports.view import ReportView

# Signs that could end a script element, start a comment, or end a line of JavaScript, written so that JSON reads them back.
_JSON_SAFE = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def report_page(view: ReportView) -> str:
    """The whole page; it asks nobody for anything. Raises MissingPackageError without the plotting package."""
    plots = _plots(view)
    style, script, library = _resource("page.css"), _resource("page.js"), vega_script()
    page = Markup(
        '<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta http-equiv="Content-Security-Policy" content="{}"><meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="referrer" content="no-referrer"><meta name="color-scheme" content="light dark">'
        "<title>{}</title><style>{}</style></head><body>{}"
        '<script type="application/json" id="plots">{}</script><script>{}</script><script>{}</script></body></html>\n'
    ).format(
        *(_policy(style, library, script), view.title, Markup(style), body(view, plots)),
        *(Markup(_json({"config": CONFIG, "plots": plots})), Markup(library), Markup(script)),
    )
    # A plain string: whatever a caller joins to markup would be escaped.
    return str(page)


def _plots(view: ReportView) -> dict[str, Spec]:
    made = {
        "headline": headline_plot(view),
        "caps": caps_plot(view),
        "risk": risk_plot(view),
        "latency": latency_plot(view),
    }
    made |= {f"type:{line.key}": type_plot(line, view.types) for line in view.measures}
    return {key: spec for key, spec in made.items() if spec is not None}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False).translate(_JSON_SAFE)


def _policy(style: str, *scripts: str) -> str:
    """Only this page's own style and scripts run, known by their hashes; nothing is fetched, framed or sent."""
    allowed = " ".join(map(_hash, scripts))
    return f"default-src 'none'; script-src {allowed}; style-src {_hash(style)}; base-uri 'none'; form-action 'none'"


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _resource(name: str) -> str:
    return resources.files("eval.reports").joinpath(name).read_text(encoding="utf-8")
