"""Every error that talentgraph raises on purpose.

    TalentgraphError
    ├── InputError                what a user gave cannot be used
    │   ├── UnreadableDocument    a file or text that cannot become a document
    │   │   └── FetchError        a page of the web that cannot be had
    │   │       ├── FetchRefused  talentgraph does not fetch it: its address, size, form, or its host's robots.txt
    │   │       └── FetchFailed   its host does not answer, or answers with an error
    │   ├── DeliveryFailed        an alert that did not reach where it was to go
    │   ├── ModelError            a language model that is not installed or cannot be used
    │   ├── UnknownQuestion       no question of that name
    │   ├── WrongParameter        a parameter that is unknown, missing or of the wrong type
    │   ├── UnknownEntity         no entity has that id, name or alias
    │   ├── AmbiguousEntity       several entities have that name; the message lists them
    │   └── AnswerTooLarge        more rows than the question can work on; the message says how to narrow it
    ├── StoreError                the graph store cannot do what was asked
    │   ├── StoreUnreachable      no server answers there
    │   ├── StoreRefused          wrong user or password
    │   ├── EngineError           the embedded engine does not start, or its folder cannot be used
    │   ├── RunRefused            another run is at work on the store
    │   └── QueryError            the store refused or stopped a query
    ├── ReadingEnded              the process that reads texts was ended from outside; later it may go better
    └── QuestionFileError         a .cypher file whose header and body do not agree

A message says what is wrong, where, and what to do about it. `exit_code` is what the command line ends with.
"""

from typing import NamedTuple


class TalentgraphError(Exception):
    """The root: catch this to catch everything that is ours."""

    exit_code = 1


class InputError(TalentgraphError):
    """What a user gave cannot be used."""

    exit_code = 2


class UnreadableDocument(InputError):
    """A file or text that cannot become a document; the run goes on without it."""


class FetchError(UnreadableDocument):
    """A page of the web that cannot be had."""


class FetchRefused(FetchError):
    """A page that talentgraph does not fetch: its address, size, form, or its host's robots.txt forbids it."""


class FetchFailed(FetchError):
    """A page whose host does not answer, or answers with an error.

    `passing` says that it may go better later, `retry_after` how many seconds the host asks to wait, if it does.
    """

    def __init__(self, message: str, *, passing: bool = False, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.passing = passing
        self.retry_after = retry_after


class DeliveryFailed(InputError):
    """An alert that did not reach where it was to go; `passing` says that it may go better later."""

    def __init__(self, message: str, *, passing: bool = False) -> None:
        super().__init__(message)
        self.passing = passing


class ModelError(InputError):
    """A language model that is not installed or cannot be used; no document can be read with it."""


class UnknownQuestion(InputError):
    """No question of that name."""


class WrongParameter(InputError):
    """A parameter that is unknown, missing or of the wrong type; `parameter` names it."""

    def __init__(self, parameter: str, message: str) -> None:
        super().__init__(message)
        self.parameter = parameter


class UnknownEntity(InputError):
    """No entity has that id, name or alias; `parameter` names the parameter that asked for it, if one did."""

    parameter: str | None = None


class AmbiguousEntity(InputError):
    """Several entities have that name; `candidates` are their (id, name) pairs, `parameter` as in UnknownEntity."""

    parameter: str | None = None

    def __init__(self, message: str, candidates: list[tuple[str, str]]) -> None:
        super().__init__(message)
        self.candidates = candidates


class AnswerTooLarge(InputError):
    """More rows than the question can work on; nothing is left out silently."""


class StoreError(TalentgraphError):
    """The graph store cannot do what was asked."""

    exit_code = 3


class StoreUnreachable(StoreError):
    """No server answers at the address."""


class StoreRefused(StoreError):
    """The server answers but refuses the user or the password."""


class EngineError(StoreError):
    """The embedded engine does not start, or its folder cannot be used."""


class RunRefused(StoreError):
    """Another run is at work on the store; the message says which and since when."""


class Position(NamedTuple):
    """Where in a query something is: characters from its beginning, line and column (both from 1)."""

    offset: int
    line: int
    column: int


class QueryError(StoreError):
    """The store refused or stopped a query; the message is the engine's own, made readable.

    `reason` is one word for programs: `engine` where the engine refused the query, `write`, `timeout`, `cancelled`, or
    one of the console's (docs/console.md). `position` says where in the query, where that is known.
    """

    def __init__(self, message: str, *, reason: str = "engine", position: Position | None = None) -> None:
        super().__init__(message)
        self.reason = reason
        self.position = position


class ReadingEnded(TalentgraphError):
    """The process that reads texts was ended from outside, or by want of memory; later it may go better."""


class QuestionFileError(TalentgraphError):
    """A question file whose header and body do not agree; a defect of the project, not of the user."""
