"""For whom a question's statements are read: when they have gone, what runs is stopped and nothing more is sent."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_ASKING: ContextVar["Asking | None"] = ContextVar("asking", default=None)
_LOCK = threading.Lock()
_TAKEN: set[int] = set()


class Asking:
    """One asker; `id` is what its statements are stopped by, `gone` whether nobody waits for the answer any more."""

    def __init__(self, number: int) -> None:
        self.id = f"asked-{number}"
        self.gone = False


@contextmanager
def asking() -> Iterator[Asking]:
    """Yield an asker, whose every read in this context and in those that begin in it is marked.

    Ids are taken again when they are free, the smallest first: an engine that keeps what it made of a statement's text
    meets the same texts again.
    """
    with _LOCK:
        number = next(number for number in range(len(_TAKEN) + 1) if number not in _TAKEN)
        _TAKEN.add(number)
    one = Asking(number)
    before = _ASKING.set(one)
    try:
        yield one
    finally:
        _ASKING.reset(before)
        with _LOCK:
            _TAKEN.discard(number)


def present() -> Asking | None:
    """Return the asker of this context, if there is one."""
    return _ASKING.get()
