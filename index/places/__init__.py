"""Places: the gazetteer, mentions in a text, what a document and a passage are about, how places lie in one another."""

from index.places.attribution import document_places, is_enterprise, passage_places
from index.places.clauses import agreeing, clause_places
from index.places.gazetteer import Place, ancestors, places
from index.places.mentions import PlaceMention, find_places
from index.places.relations import canonical, is_within, narrowest, province_of
from index.places.unknown import unknown_places

__all__ = [
    "Place",
    "PlaceMention",
    "agreeing",
    "ancestors",
    "canonical",
    "clause_places",
    "document_places",
    "find_places",
    "is_enterprise",
    "is_within",
    "narrowest",
    "passage_places",
    "places",
    "province_of",
    "unknown_places",
]
