"""The matrix of places and measures: the taxonomy, the evidence found in documents, and the cells made of it."""

from index.measures.cells import Cell, MatrixEvidence, State
from index.measures.matrix import matrix, named_measures
from index.measures.modality import Modality, modality
from index.measures.taxonomy import ASPECTS, Measure, choose_taxonomy, measure_named, measures

__all__ = [
    "ASPECTS",
    "Cell",
    "MatrixEvidence",
    "Measure",
    "Modality",
    "State",
    "choose_taxonomy",
    "matrix",
    "measure_named",
    "measures",
    "modality",
    "named_measures",
]
