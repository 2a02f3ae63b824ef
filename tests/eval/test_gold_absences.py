"""What makes a question unanswerable is really absent: from the briefs, and from the seed pages and the news.

An entry of the two files of absences names `documents` (none: the whole library) and either `words`, a pattern that stands nowhere in
them, or `together`, patterns of which no passage holds all: the first one's place and `within` characters on both sides of it.
"""

import json
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
CORPUS = ROOT.parent / "shared" / "corpus"
SEEDS = CORPUS / "seeds"
NEWS = CORPUS / "domain_news.jsonl"
FILES_OF = {
    "gold_absences": ("sample_dev", "sample_test", "nearmiss_dev"),
    "seed_absences": ("seeds_dev", "seeds_test"),
}
# The library tells of the matter, but not of this place or year; the measure's words must therefore be its own.
NEAR = {"place_silent", "out_of_dates"}
# The spun page cuts words with the name of an advertised trade.
SPAM = "小树屋"

needs_corpus = pytest.mark.skipif(
    not (SEEDS.is_dir() and NEWS.is_file()),
    reason=f"the seed pages or the news are absent ({CORPUS}): what they must not say stays unchecked",
)


def absences(name: str) -> dict[str, dict[str, Any]]:
    """The entries of one file by the id of their question."""
    entries: dict[str, dict[str, Any]] = json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))
    return entries


def reasons(name: str) -> dict[str, str]:
    """The reason of every unanswerable question that the file of absences speaks of, by its id."""
    paths = [ROOT / "eval" / "data" / f"{file}.jsonl" for file in FILES_OF[name]]
    rows = [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    return {row["id"]: row["reason"] for row in rows if row.get("unanswerable")}


def patterns(entry: dict[str, Any]) -> list[str]:
    """All the patterns of an entry."""
    return entry["together"] if "together" in entry else [entry["words"]]


def simplified(text: str) -> str:
    """Simplified characters, half-width figures and no word cut in two, so that 財產 and ２０２４ hide nothing."""
    from opencc import OpenCC

    folded = unicodedata.normalize("NFKC", str(OpenCC("t2s").convert(text))).replace(SPAM, "")
    # Two pages are cut into lines in the middle of a word.
    return re.sub(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])", "", folded)


@cache
def briefs() -> dict[str, str]:
    """Every sample brief by its file name."""
    return {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "index" / "sample").glob("*.md")}


@cache
def pages() -> dict[str, str]:
    """Every seed page and every article, with its title, by its name."""
    lines = NEWS.read_bytes().decode("utf-8-sig").split("\n")
    articles = [json.loads(line) for line in lines if line.strip()]
    library = {path.name: simplified(path.read_bytes().decode("utf-8-sig")) for path in SEEDS.glob("*.txt")}
    return library | {item["id"]: simplified(f"{item['title']}\n{item['text']}") for item in articles}


def where_it_stands(entry: dict[str, Any], library: dict[str, str]) -> list[str]:
    """The documents that say what the entry calls absent."""
    first, *others = patterns(entry)
    within = entry.get("within", 0)
    return [
        name
        for name in entry["documents"] or library
        for found in re.finditer(first, library[name])
        if all(
            re.search(other, library[name][max(0, found.start() - within) : found.end() + within]) for other in others
        )
    ]


def untold(entry: dict[str, Any], library: dict[str, str]) -> list[str]:
    """The patterns of an entry that no document of the library holds at all."""
    return [one for one in patterns(entry) if not any(re.search(one, text) for text in library.values())]


@pytest.mark.parametrize("name", FILES_OF)
def test_every_unanswerable_question_has_one_entry_of_the_form_and_no_other_has(name: str) -> None:
    entries = absences(name)
    assert set(entries) == set(reasons(name))
    for key, entry in entries.items():
        form = {"together", "within"} if "together" in entry else {"words"}
        assert entry.keys() - {"place"} == {"documents"} | form, key
        assert all(patterns(entry)), key
        assert not any(re.search(r"[\u3400-\u9fff]{20}", one) for one in patterns(entry)), (
            f"{key}: a sentence is copied"
        )


def test_what_makes_a_question_unanswerable_is_absent_from_the_briefs() -> None:
    assert len(briefs()) == 115
    assert {
        key: found for key, entry in absences("gold_absences").items() if (found := where_it_stands(entry, briefs()))
    } == {}


def test_what_must_not_stand_together_stands_alone_in_the_briefs() -> None:
    joined = {key: entry for key, entry in absences("gold_absences").items() if "together" in entry}
    assert joined
    assert {key: lost for key, entry in joined.items() if (lost := untold(entry, briefs()))} == {}


@needs_corpus
def test_what_makes_a_question_unanswerable_is_absent_from_the_pages_and_the_news() -> None:
    assert len(pages()) == 5 + 1007
    assert {
        key: found for key, entry in absences("seed_absences").items() if (found := where_it_stands(entry, pages()))
    } == {}


@needs_corpus
def test_the_documents_of_an_entry_are_all_that_name_its_place_or_person() -> None:
    for key, entry in absences("seed_absences").items():
        assert ("place" in entry) == bool(entry["documents"]), key
        if "place" in entry:
            naming = {name for name, text in pages().items() if re.search(entry["place"], text)}
            assert naming == set(entry["documents"]), key


@needs_corpus
def test_the_absence_tells_something_for_the_words_do_stand_elsewhere() -> None:
    reason = reasons("seed_absences")
    told = {
        key: entry for key, entry in absences("seed_absences").items() if "together" in entry or reason[key] in NEAR
    }
    assert len(told) > len(reason) / 2
    assert {key: lost for key, entry in told.items() if (lost := untold(entry, pages()))} == {}


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ({"documents": [], "words": "工作室"}, ["east", "west"]),
        ({"documents": ["west"], "words": "工作室[0-9]+个"}, []),
        ({"documents": [], "together": ["东城", "[0-9]+个"], "within": 8}, ["east"]),
        ({"documents": [], "together": ["东城", "[0-9]+个"], "within": 4}, []),
        ({"documents": [], "together": ["西城[^。]*", "2024"], "within": 0}, []),
        ({"documents": [], "together": ["西城", "2024"], "within": 12}, ["west"]),
    ],
)
def test_a_planted_entry_whose_words_do_stand_is_found(entry: dict[str, Any], expected: list[str]) -> None:
    library = {"east": "东城建成工作室6个。", "west": "2024年到了。西城没有工作室。"}
    assert where_it_stands(entry, library) == expected
