"""What may come next in the console: labels, relationship types, properties, keywords, commands, question names."""

import re
from collections.abc import Iterable, Iterator

from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document

from graph.declaration import Node, Relationship
from graph.schema import NODE_BY_LABEL, RELATIONSHIP_BY_TYPE
from queries import catalogue

KEYWORDS = (
    "MATCH",
    "OPTIONAL MATCH",
    "WHERE",
    "RETURN",
    "WITH",
    "UNWIND",
    "ORDER BY",
    "LIMIT",
    "SKIP",
    "DISTINCT",
    "AND",
    "OR",
    "NOT",
    "IN",
    "AS",
    "IS NULL",
    "IS NOT NULL",
    "STARTS WITH",
    "CONTAINS",
    "EXISTS",
    "COUNT",
    "COLLECT",
    "CASE",
    "WHEN",
    "THEN",
    "ELSE",
    "END",
    "DESC",
)
COMMANDS = {
    ":help": "what can be typed here",
    ":ask": "answer a question: :ask flows limit=5",
    ":show": "show a question's Cypher",
    ":questions": "list the questions",
    ":param": "set a parameter of queries: :param region=CN-ZJ; alone it shows them, :param region= drops one",
    ":plan": "show or hide the plan under each answer",
    ":names": "show or hide the names of persons",
    ":save": "keep the last query as a favourite: :save chips-by-month",
    ":saved": "list what was kept",
    ":run": "run a favourite, or the Cypher of a question, with the parameters set",
    ":quit": "leave",
}
_QUOTED = re.compile(r"'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"|//[^\n]*(?:\n|$)|/\*.*?\*/", re.DOTALL)
_OPEN_QUOTE = re.compile(r"['\"]|/\*")
_BOUND = re.compile(r"[(\[]\s*(\w+)\s*:\s*(\w+)")
_WORD = re.compile(r"\w*$")


class CypherCompleter(Completer):
    """Completes from the schema and the catalogue; within quotes and comments it is silent."""

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:
        before = document.text_before_cursor
        if before.lstrip().startswith(":"):
            yield from _command(before.lstrip())
            return
        code = _QUOTED.sub(" ", before)
        if _OPEN_QUOTE.search(code) or before.rsplit("\n", 1)[-1].lstrip().startswith("//"):
            return
        match = _WORD.search(code)
        word = match[0] if match else ""
        head = code[: len(code) - len(word)].rstrip(" ")
        yield from _matching(word, _candidates(head, code, document.text))


def _candidates(head: str, code: str, whole: str) -> Iterable[tuple[str, str]]:
    """Return (text, kind) of what fits behind `head`, the query up to the word being typed."""
    bracket = _open_bracket(head)
    if head.endswith((":", "|", "!", "&")) and (bracket == "[" or ":" in head):
        if bracket == "[":
            return ((name, "relationship") for name in RELATIONSHIP_BY_TYPE)
        return ((name, "label") for name, node in NODE_BY_LABEL.items() if not node.internal)
    if head.endswith("."):
        variable = re.search(r"(\w+)\.$", head)
        bound = dict(_BOUND.findall(_QUOTED.sub(" ", whole)))
        return _properties(bound.get(variable[1]) if variable else None)
    if bracket == "{" and head.endswith(("{", ",")):
        owner = re.search(r":\s*(\w+)\s*\{[^{}]*$", head)
        return _properties(owner[1]) if owner else ()
    return ((word, "keyword") for word in KEYWORDS) if head[-1:] not in "-<>[({=" or not head else ()


def _properties(name: str | None) -> Iterator[tuple[str, str]]:
    """Yield the properties of a label or relationship type; of everything where that is not known."""
    owner: Node | Relationship | None = NODE_BY_LABEL.get(name or "") or RELATIONSHIP_BY_TYPE.get(name or "")
    owners: Iterable[Node | Relationship] = (
        (owner,) if owner else (*NODE_BY_LABEL.values(), *RELATIONSHIP_BY_TYPE.values())
    )
    for text in sorted({p.name for one in owners for p in one.properties}):
        yield text, "property"


def _open_bracket(code: str) -> str:
    """Return the innermost bracket that is still open, or nothing."""
    stack: list[str] = []
    for character in code:
        if character in "([{":
            stack.append(character)
        elif character in ")]}" and stack:
            stack.pop()
    return stack[-1] if stack else ""


def _command(line: str) -> Iterator[Completion]:
    """Complete a line such as `:ask flows limit=5`."""
    words = line.split(" ")
    if len(words) == 1:
        yield from _matching(words[0], COMMANDS.items())
    elif words[0] in (":ask", ":show", ":run") and len(words) == 2:
        yield from _matching(words[1], ((name, q.title) for name, q in catalogue.questions().items()))
    elif words[0] == ":ask" and words[1] in catalogue.questions():
        params = catalogue.questions()[words[1]].params
        name, equals, value = words[-1].partition("=")
        if equals:
            choices = next((p.choices or () for p in params if p.name == name), ())
            yield from _matching(value, ((choice, "") for choice in choices))
        else:
            yield from _matching(name, ((f"{p.name}=", p.doc) for p in params))


def _matching(word: str, candidates: Iterable[tuple[str, str]]) -> Iterator[Completion]:
    """Yield the candidates that begin with `word`, whatever their case."""
    for text, kind in candidates:
        if text.casefold().startswith(word.casefold()):
            yield Completion(text, start_position=-len(word), display_meta=kind)
