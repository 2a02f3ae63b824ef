"""The tree of errors that a user may see; each message says what happened, with which value, and what to do."""


class ChangaiError(Exception):
    """Base of every error that is the user's to mend; the command line prints it as one line and exits with 1."""


class SettingsError(ChangaiError):
    """A setting is unknown or out of its range."""


class SourceError(ChangaiError):
    """A document cannot be read; the others go on."""


class EmptySourceError(SourceError):
    """The file holds no text at all."""


class UnknownFormatError(SourceError):
    """The file's format is not one that a reader exists for."""


class MissingPathError(SourceError):
    """The path that was named does not exist."""


class AddressError(SourceError):
    """A web address is not allowed, cannot be reached, or gives nothing that can be read."""


class NothingReadableError(ChangaiError):
    """None of the named paths gave a document, so the index was left as it was."""


class IndexStateError(ChangaiError):
    """Base of the errors about an index on disk."""


class IndexMissingError(IndexStateError):
    """No index was ever built where one was looked for."""


class IndexDamagedError(IndexStateError):
    """The store of an index cannot be read."""


class IndexBusyError(IndexStateError):
    """Another process is writing this index."""


class IndexUnwritableError(IndexStateError):
    """The folder of an index cannot be written: no permission, no room, or not a folder."""


class IndexSchemaError(IndexStateError):
    """The index was written by a version of the program with another schema."""


class UnknownDocumentError(ChangaiError):
    """A document was named that the index does not hold."""


class ModelError(ChangaiError):
    """An embedding model cannot be loaded."""


class EncodingError(ChangaiError):
    """A token encoding is neither shipped nor cached."""


class LanguageModelError(ChangaiError):
    """The configured LLM failed; the extract is shown instead."""


class MissingPackageError(ChangaiError):
    """A package that only an extra installs is needed and is not there."""


class ServerError(ChangaiError):
    """The server cannot start, for example because the port is in use."""


class DatasetError(ChangaiError):
    """A question set or an answers file is not in the documented form."""
