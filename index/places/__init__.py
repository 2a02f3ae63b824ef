"""Places: the gazetteer, mentions in a text, what a document and a passage are about, how places lie in one another."""

from index.places.attribution import (
    chunk_places,
    document_places,
    document_places_of,
    is_enterprise,
    passage_places,
    titled_places,
)
from index.places.clauses import agreeing, clause_places
from index.places.gazetteer import Place, ancestors, places
from index.places.level import document_level
from index.places.mentions import PlaceMention, find_places, mentions_in
from index.places.relations import canonical, is_within, narrowest, province_of
from index.places.unknown import unknown_places

__all__ = [
    "Place",
    "PlaceMention",
    "agreeing",
    "ancestors",
    "canonical",
    "chunk_places",
    "clause_places",
    "document_level",
    "document_places",
    "document_places_of",
    "find_places",
    "is_enterprise",
    "is_within",
    "mentions_in",
    "narrowest",
    "passage_places",
    "places",
    "province_of",
    "titled_places",
    "unknown_places",
]
