"""The sample briefs: form, sources, sizes, and no sentence carried over from outside documents."""

import json
import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "index" / "sample"
BRIEFS = sorted(FOLDER.glob("*.md"))
LEVELS = {"全国", "省", "市", "县", "企业"}
KEYS = {"title", "place", "level", "published", "based_on"}
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
RUN = 20


def parts(path: Path) -> tuple[dict[str, str], list[dict[str, str]], str]:
    """The flat keys, the sources and the body of a brief."""
    found = re.fullmatch(r"---\n(.*?)\n---\n(.*)", path.read_text(encoding="utf-8"), re.DOTALL)
    assert found, f"{path.name} has no front matter"
    head, listed = found[1].split("\nbased_on:\n")
    flat = dict(line.split(": ", 1) for line in head.split("\n"))
    sources = [
        dict(line.strip().removeprefix("- ").split(": ", 1) for line in entry.split("\n"))
        for entry in re.split(r"\n(?=  - )", listed)
    ]
    return flat, sources, found[2]


def runs(text: str) -> set[str]:
    """Every run of RUN signs, once with punctuation and once of Han and digits alone."""
    spaceless = re.sub(r"\s", "", text)
    bare = re.sub(r"[^\u4e00-\u9fff0-9]", "", text)
    return {form[i : i + RUN] for form in (spaceless, bare) for i in range(len(form) - RUN + 1)}


def test_there_are_enough_briefs_and_each_has_a_title_of_its_own() -> None:
    titles = [parts(path)[0]["title"] for path in BRIEFS]
    assert len(BRIEFS) >= 110
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("path", BRIEFS, ids=lambda path: path.stem)
def test_front_matter_names_place_level_and_sources(path: Path) -> None:
    flat, sources, body = parts(path)
    assert set(flat) <= KEYS - {"based_on"}
    assert flat["level"] in LEVELS
    assert flat["place"]
    assert body.startswith(f"# {flat['title']}\n")
    assert sources
    for source in sources:
        assert source["title"] and source["publisher"]
        assert set(source) <= {"title", "publisher", "date"}
    dates = [source["date"] for source in sources if "date" in source]
    assert all(DATE.fullmatch(date) for date in dates)
    assert flat.get("published") == max(dates, default=None)


@pytest.mark.parametrize("path", BRIEFS, ids=lambda path: path.stem)
def test_sizes_and_sections(path: Path) -> None:
    body = parts(path)[2]
    # A brief says no more than its sources do, so one about a single fact is short.
    assert 40 <= len(re.sub(r"\s", "", body)) <= 900
    blocks = body.strip().split("\n\n")
    assert 1 <= sum(block.startswith("## ") for block in blocks) <= 4
    prose = [block for block in blocks if not block.startswith("#")]
    assert all(22 <= len(block) <= 250 for block in prose)
    assert all(block.endswith("。") for block in prose)


@pytest.mark.parametrize("path", BRIEFS, ids=lambda path: path.stem)
def test_every_section_names_its_subject(path: Path) -> None:
    flat, _, body = parts(path)
    place = flat["place"]
    inner = re.sub(r"(省|市|自治区|公司|区)$", "", re.split(r"[省市区](?=.)", place)[-1])
    names = {"全国", "《改革方案》", "产改方案"} if place == "全国" else {inner, inner.removeprefix("中国")}
    for section in body.split("\n## ")[1:]:
        assert any(name in section for name in names), (path.name, section[:20])


def test_no_run_is_carried_over_from_outside_documents(shared: Path) -> None:
    corpus = shared / "corpus"
    outside = [path.read_text(encoding="utf-8") for path in sorted((corpus / "seeds").glob("*.txt"))]
    with (corpus / "domain_news.jsonl").open(encoding="utf-8") as lines:
        outside += [json.loads(line)["text"] for line in lines]
    assert outside
    ours = {run: path.name for path in BRIEFS for run in runs(parts(path)[2])}
    # Half-width punctuation must not hide a copy, so the outside text is brought to full width.
    wide = str.maketrans(",;:()?!", "\uff0c\uff1b\uff1a\uff08\uff09\uff1f\uff01")
    carried = {run for text in outside for run in runs(text.translate(wide)) & ours.keys()}
    assert not carried, {ours[run]: run for run in carried}
