"""`python -m eval.documents.messy`: what the cleaner keeps and marks in messy files, also beside other html extractors."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from eval.documents.alignment import folded
from eval.documents.keeping import Count, Outcome, Reading, judged, noise_of, totals
from eval.documents.messy_gold import HOME, SPLITS, TEXT, MessyFile, read_gold
from eval.documents.messy_table import markdown, peers_markdown, shown_faults, sites_markdown
from eval.documents.site_pages import site_outcomes
from index.errors import ChangaiError, MissingPackageError

BASELINE = HOME / "baseline.json"
ROOT = Path(__file__).resolve().parent.parent.parent
PEERS = Path(__file__).with_name("html_peers.py")
PACKAGES = "trafilatura readability-lxml inscriptis lxml_html_clean"
ENVIRONMENT = ".venv-html"


def our_reading(file: MessyFile) -> Reading:
    """What the system extracts from a file and takes for noise; nothing where it refuses the file."""
    from index.normalise import normalise
    from index.sources.read import read_paths
    from index.types import Document

    documents = [each for each in read_paths([file.path]) if isinstance(each, Document)]
    text = "\n".join(each.text for each in documents)
    spans: list[tuple[int, int]] = []
    start = 0
    for each in documents:
        spans.extend((start + noise.start, start + noise.end) for noise in each.noise)
        start += len(each.text) + 1
    return Reading(text, tuple(spans), normalise(text).text)


def measure(split: str, seeds: Path | None) -> list[Outcome]:
    """What became of every file of one half; the real pages only where the folder of `seeds` is given."""
    return [judged(file, our_reading(file)) for file in read_gold(split, seeds)]


def measure_sites(split: str) -> dict[str, list[Outcome]]:
    """What becomes of the pages of the invented site in one half when they are read together."""
    files = [file for file in read_gold(split) if "site" in file.kinds]
    return site_outcomes(files, [our_reading(file) for file in files])


def figures(outcomes: Sequence[Outcome]) -> dict[str, float | int]:
    """What the baseline holds: shares of the made files in total, unseen strings that came out, and text kept file by file."""
    made = [each for each in outcomes if each.file.made]
    counts = totals(made)
    found: dict[str, float | int] = {
        "text_kept": round(counts.get(TEXT, Count()).kept_share or 0.0, 4),
        "noise_gone": round(noise_of(counts).gone_share or 0.0, 4),
        "leaked": sum(len(each.leaked) for each in made),
    }
    found.update({each.file.name: round(each.text.kept_share or 0.0, 4) for each in made})
    return found


def peer_outcomes(files: Sequence[MessyFile], python: Path) -> dict[str, list[Outcome]]:
    """What became of html files under every other extractor, run by the interpreter of their own environment.

    Raises:
        MissingPackageError: when that interpreter or one of the packages is absent, with the lines that install them.
    """
    pages = {file.name: file.decoded() for file in files}
    # -P: the folder of the script must not come before the packages that it imports.
    command = [str(python), "-P", str(PEERS)]
    try:
        done = subprocess.run(command, input=json.dumps(pages).encode(), capture_output=True, check=False, timeout=300)
    except OSError as error:
        raise _missing(python, error.strerror or "没有运行") from error
    except subprocess.TimeoutExpired as error:
        raise ChangaiError("网页提取工具 300 秒内没有跑完，已停止；请稍后重试。") from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise _missing(python, said[-1] if said else "没有留下说明")
    texts: Mapping[str, Mapping[str, tuple[str, str]]] = json.loads(done.stdout)
    return {
        name: [judged(file, Reading(_with_title(*found[file.name]))) for file in files] for name, found in texts.items()
    }


def _with_title(title: str, text: str) -> str:
    return text if folded(title)[0] in folded(text)[0] else f"{title}\n{text}"


def _missing(python: Path, why: str) -> MissingPackageError:
    folder = python.parent.parent
    return MissingPackageError(
        f"网页提取工具的环境 {folder} 不能用（{why}）；请执行：python -m venv {folder} && "
        f"{folder}/bin/pip install -U pip && {folder}/bin/pip install {PACKAGES}"
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval.documents.messy", description="混乱文件的清洗评测")
    parser.add_argument("--split", choices=SPLITS, default="dev", help="标注的哪一半（test 只用于报告）")
    parser.add_argument(
        "--seeds", type=Path, metavar="目录", help="五个真实网页所在目录，缺省为 ../shared/corpus/seeds"
    )
    parser.add_argument("--peers", action="store_true", help="再与其他网页提取工具比较（仅 html）")
    parser.add_argument("--peers-env", type=Path, default=Path(ENVIRONMENT), metavar="目录", help="它们的虚拟环境")
    parser.add_argument("--faults", action="store_true", help="列出失去的文字与留下的噪声（仅 dev）")
    parser.add_argument("--regenerate", action="store_true", help="把 dev 的数字写成新的基线")
    return parser


def main(words: Sequence[str] | None = None) -> int:
    """Prints the measure of one half as Markdown; what went wrong where is shown of dev only, for nothing may be learnt from test."""
    given = _parser().parse_args(words)
    seeds = given.seeds or ROOT.parent / "shared" / "corpus" / "seeds"
    if given.split != "dev" and (given.faults or given.regenerate):
        sys.stderr.write("--faults 与 --regenerate 只用于 dev：test 只用于报告。\n")
        return 2
    try:
        outcomes = measure(given.split, seeds if seeds.is_dir() else None)
        sys.stdout.write(markdown(outcomes, given.split) + "\n" + sites_markdown(measure_sites(given.split)))
        if given.peers:
            ours = [each for each in outcomes if each.file.path.suffix == ".html"]
            # Not resolved: a link followed to the interpreter behind it would leave the environment.
            python = Path(os.path.abspath(given.peers_env)) / "bin" / "python"  # noqa: PTH100
            sys.stdout.write("\n" + peers_markdown(ours, peer_outcomes([each.file for each in ours], python)))
    except ChangaiError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    if given.faults:
        sys.stdout.write("\n" + shown_faults(outcomes))
    if given.regenerate:
        BASELINE.write_text(json.dumps(figures(outcomes), indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
