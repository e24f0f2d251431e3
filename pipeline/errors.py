"""The errors of the pipeline: one tree, and each class carries the exit code of its kind.

The codes are those of the command's contract. Messages are for the secretariat:
Norwegian bokmål, naming the file, the reason and what to do.
"""

OK = 0
USAGE = 2
INTERRUPTED = 130


class SaksutkastError(Exception):
    """Base of all errors that this program raises on purpose."""

    exit_code = 15


class ConfigError(SaksutkastError):
    """config.toml, case.toml or a corrections file says something that cannot be used."""

    exit_code = 3


class NothingReadable(SaksutkastError):
    """A case without one readable file; nothing is written for it."""

    exit_code = 4


class TemplateError(SaksutkastError):
    """A Word template is missing, damaged, or holds a tag that cannot be filled."""

    exit_code = 5


class IncompleteError(SaksutkastError):
    """Never raised: carries the code of a case that is written, but with unread or unclaimed files."""

    exit_code = 6


class CaseBusy(SaksutkastError):
    """Another run holds the case."""

    exit_code = 7


class InternalError(SaksutkastError):
    """A promise of the pipeline does not hold (a lost document, say): our fault, not the user's."""

    exit_code = 15


class FileProblem(SaksutkastError):
    """One input file cannot be read. Becomes data (a failed document), never the end of a run."""

    status = "failed"

    def __init__(self, reason: str, remedy: str) -> None:
        """``reason`` and ``remedy``: whole Norwegian sentences that do not name the file."""
        super().__init__(f"{reason} {remedy}")
        self.reason = reason
        self.remedy = remedy

    def __reduce__(self):
        return type(self), (self.reason, self.remedy)


class Unreadable(FileProblem):
    """Empty, damaged, encrypted, or a scan without OCR."""


class OverLimit(FileProblem):
    """The file would take more than a configured limit; the message names the limit."""


class Unsupported(FileProblem):
    """No reader knows this kind of file."""

    status = "unsupported"


# Several cases in one run: the first of these that occurred is the exit code.
SEVERITY = (15, 3, 5, 7, 4, 6)


def worst(codes: "list[int]") -> int:
    """The exit code of a run over several cases, by ``SEVERITY``; 0 when none of them occurred."""
    return next((code for code in SEVERITY if code in codes), OK)
