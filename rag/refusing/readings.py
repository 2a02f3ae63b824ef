"""The readings from which the chance of an answer is computed: what is unsaid where, what does not fit, how near it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from index.library import Library
from rag.demands import best_fitting, is_of_a_part, unmet
from rag.extract import Extract
from rag.refusing.bound import bound_figures
from rag.refusing.demanded import asked_openly, asking_part, demands
from rag.refusing.field import of_the_field
from rag.refusing.layers import Layers
from rag.refusing.missing import (
    focus,
    letters_missing,
    longest_said,
    numbers_missing,
    said_share,
    surprise,
    unsaid,
)
from rag.refusing.named import named, unheard_person
from rag.refusing.reader import told_by_reader
from rag.refusing.shares import Share
from rag.refusing.soft import said_softly, soft
from rag.refusing.years import misses_year
from rag.runs import governing_years
from rag.terms import Asked, coverage, mass_said, presence, rarest_said, weigh
from rag.types import Passage, Question
from rag.vectors import vectors_of
from rag.wanted import defined, lacks_scope, shapeless

# Readings each of which alone says that the words answer another question.
AGAINST = (
    *("unmet", "year_missed", "shapeless", "subset_missing", "role_missing", "ended_missing", "ordinal_missing"),
    *(
        "part_missing",
        "figureless",
        "named_missing",
        "unknown_missing",
        "ahead_of_done",
        "who_missing",
        "part_of_place",
    ),
)
# So many of a question's rarest pairs must its document hold; a long story, of many pairs, has its own bound.
SPOKEN = 0.5
STORY_PAIRS, STORY_RAREST, STORY_SPOKEN = 20, 16, 0.2
KINDS = ("figure", "date", "entity", "list", "yesno", "how", "other")
_SUBSET = re.compile(
    r"女|男|农民工|民营|民企|国有|国企|外资|非公|青年|老年|退休|残疾|省级|市级|区级|县级|国家级|村级|镇级|高级|中级|初级|特级|首席|[123]级"
)
_ROLE = re.compile(
    r"院长|主席|书记|记者|作者|负责人|主任|冠军|亚军|教授|局长|部长|校长|厂长|经理|董事长|市长|省长|会长|组长|队长|主编|裁判长|理事长|主持|牵头|主办|承办"
)
_ENDED = re.compile(
    r"取消|停[办发产业止]|撤[销并]|废[止掉除]|作废|关[停闭]|叫停|追回|退[出学]|裁掉|解散|摘牌|[没未](?:完成|通过|办完|采用|达成|谈拢)"
)


def readings(
    question: Question, asked: Asked, extracts: Sequence[Extract], passages: Sequence[Passage], library: Library
) -> dict[str, float]:
    """The readings of an answer by name; empty when nothing was extracted."""
    if not extracts:
        return {}
    layers = Layers(extracts, passages)
    share = Share.asked(question, asked)
    found = {
        **_alignment(question, asked, layers, library),
        **_focus(question, layers),
        **_fitting(question, layers),
        **demands(question, layers, library),
        **_nearness(question, layers, library),
        **_elsewhere(question, asked, layers, library),
        **soft(question, asked, layers, library),
        **bound_figures(question, layers, share, library),
        **named(question, layers, share),
        **said_softly(question, layers, share, library),
        **told_by_reader(question, layers),
        "unmet": float(
            unmet(asked_openly(question), extracts)
            or unheard_person(question, layers)
            or _is_beside_the_field(question, asked, layers, library)
        ),
        "confirms": float(asked_openly(question) is not question),
    }
    return found | {"against": float(sum(found[name] > 0 for name in AGAINST))}


def _is_beside_the_field(question: Question, asked: Asked, layers: Layers, library: Library) -> bool:
    """Whether a question of another field is met by a document that does not speak of what it is about (发烧, 炒股).

    The end of a story or of a conversation need not say what the whole is about.
    """
    if of_the_field(question) or _spoken_of(asked, layers.document):
        return False
    whole = question.whole
    return whole is None or not (of_the_field(whole) or _spoken_of(weigh(whole, library), layers.document))


def _spoken_of(asked: Asked, document: str) -> bool:
    """Whether a document has the rarest pairs of a question; of a story most are scenery, which stands in no document."""
    if len(asked.pairs) < STORY_PAIRS:
        return rarest_said(asked, document) >= SPOKEN
    return rarest_said(asked, document, STORY_RAREST) >= STORY_SPOKEN


def _alignment(question: Question, asked: Asked, layers: Layers, library: Library) -> dict[str, float]:
    found: dict[str, float] = {}
    for name, form in layers.by_name:
        total, most = surprise(asked, library, form)
        found |= {f"surprise_{name}": total, f"surprise_most_{name}": most}
        lost = unsaid(asked, form)
        kept = lost if name in {"run", "sentence", "known"} else {key: lost[key] for key in ("sum", "most", "share")}
        found |= {f"unsaid_{key}_{name}": value for key, value in kept.items()}
        found |= {
            f"letters_{name}": letters_missing(question, form),
            f"stretch_{name}": longest_said(question.runs, form),
        }
    part = asking_part(question.search)
    asks = replace(asked, terms=tuple(pair for pair in asked.terms if pair[0].text in part))
    for name in ("sentence", "known", "document"):
        lost = unsaid(asks, dict(layers.by_name)[name])
        found |= {f"asking_{key}_{name}": lost[key] for key in ("share", "things", "most")}
        missing, held = numbers_missing(question, dict(layers.by_name)[name])
        found |= {f"numbers_missing_{name}": missing, f"numbers_held_{name}": held}
    return found


def _focus(question: Question, layers: Layers) -> dict[str, float]:
    before, after = focus(question)
    found = {"focus_before": float(len(before)), "focus_after": float(len(after))}
    for name, form in layers.by_name[:4]:
        found |= {f"before_{name}": said_share(before, form), f"after_{name}": said_share(after, form)}
        found[f"counted_{name}"] = said_share(question.counted, form)
    return found


def _fitting(question: Question, layers: Layers) -> dict[str, float]:
    best = layers.best
    years = governing_years(best.line, best.start, best.search)
    asking = asking_part(question.search)
    subset, roles = _SUBSET.findall(asking), _ROLE.findall(asking)
    # In spun text a grade may stand in another word.
    subset = [] if layers.spun else subset
    found = {f"kind_{kind}": float(question.kind == kind) for kind in KINDS}
    return found | {
        "fitting": best.fitting,
        "fitting_any": max(each.fitting for each in layers.extracts),
        "shapeless": float(shapeless(question, best_fitting(question, layers.extracts[:1]))),
        "defined": float(bool(defined(question))),
        "asks": float(question.asks),
        "year_missed": float(misses_year(question, best)),
        "year_asked": float(bool(question.years)),
        "year_met": float(bool(years & set(question.years))),
        "scope_lacked": float(lacks_scope(question, layers.known)),
        "subset_missing": float(sum(not _says(word, layers.sentence) for word in subset)),
        "subset_held": float(sum(_says(word, layers.sentence) for word in subset)),
        "role_missing": float(sum(word not in layers.known for word in roles)),
        "role_held": float(sum(word in layers.known for word in roles)),
        "ended_missing": float(sum(word not in layers.sentence for word in _ENDED.findall(asking))),
        "part_of_place": float(is_of_a_part(question, best)),
    }


def _says(subset: str, form: str) -> bool:
    """Whether a form names a subset; 市级工会 is the 市总工会."""
    return subset in form or (subset[1:] == "级" and f"{subset[0]}总工会" in form)


def _nearness(question: Question, layers: Layers, library: Library) -> dict[str, float]:
    best = layers.best
    vectors = vectors_of(library.embedder, [question.search, layers.run, best.line.search, layers.known])
    near = vectors[1:] @ vectors[0]
    scores = np.array([each.score for each in layers.passages])
    others = [each.score for each in layers.passages if each.document.id != best.line.passage.document.id]
    return {
        "like_run": float(near[0]),
        "like_sentence": float(near[1]),
        "like_known": float(near[2]),
        "score": best.score,
        "chance": float(getattr(best, "chance", 0.0)),
        "passage_score": best.line.passage.score,
        "passage_top": float(scores.max()),
        "passage_second": float(np.sort(scores)[-2]) if len(scores) > 1 else 0.0,
        "passage_others": max(others, default=0.0),
        "rank": float((scores > best.line.passage.score).sum()),
        "sentence_length": float(len(best.line.search)),
        "run_length": float(len(layers.run)),
        "extracts": float(len(layers.extracts)),
    }


def _elsewhere(question: Question, asked: Asked, layers: Layers, library: Library) -> dict[str, float]:
    """Whether what is missing here is spoken of elsewhere, and how much the question asks for at all."""
    missing = [(term, weight) for term, weight in asked.terms if presence(term, layers.known) < 0.5]
    unheard = [weight for term, weight in asked.terms if not library.document_frequency(term.text[:2])]
    other = [
        sum(weight for term, weight in missing if presence(term, each.chunk.search_text) >= 0.5)
        for each in layers.passages
    ]
    return {
        "elsewhere": max(other, default=0.0),
        "away_sentence": sum(
            weight
            for term, weight in asked.terms
            if presence(term, layers.sentence) < 0.5 <= presence(term, layers.document)
        ),
        "away": sum(weight for term, weight in missing if presence(term, layers.document) >= 0.5),
        "nowhere": sum(weight for term, weight in missing if presence(term, layers.found) < 0.5),
        "unheard": sum(unheard),
        "covered": coverage(asked, layers.run, [(layers.known, 0.8)]),
        "spoken": coverage(asked, layers.run),
        "covered_sentence": coverage(asked, layers.sentence, [(layers.known, 0.8)]),
        "mass": mass_said(asked, layers.known),
        "rarest": rarest_said(asked, layers.known),
        "rarest_sentence": rarest_said(asked, layers.sentence),
        "terms": float(len(asked.terms)),
        "weight": sum(weight for _, weight in asked.terms),
        "question_length": float(len(question.search)),
    }
