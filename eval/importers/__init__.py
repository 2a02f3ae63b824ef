"""Outside question sets brought into the project's form: `import_dataset` writes `qa.jsonl` and `passages.jsonl`."""

from eval.importers.formats import FORMATS, Importer
from eval.importers.importing import import_dataset
from eval.importers.options import ImportOptions
from eval.importers.records import ImportReport, Skipped

__all__ = ["FORMATS", "ImportOptions", "ImportReport", "Importer", "Skipped", "import_dataset"]
