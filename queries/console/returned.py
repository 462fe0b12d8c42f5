"""The columns that a query asks for, where its engine names none: the embedded one does so where no row is found."""

from queries.console.brackets import Brackets
from queries.console.tokens import tokens

_ENDS = ("ORDER", "SKIP", "OFFSET", "LIMIT", "UNION")


def columns(query: str) -> list[str]:
    """Return what the query's last RETURN names, as written or behind AS; nothing where it says `*`."""
    found = tokens(query)
    brackets = Brackets(query, found)

    def word(at: int) -> str:
        """Return a word outside of all brackets, as keywords are compared; nothing for a name."""
        is_name = at and (brackets.symbol(at - 1) == "." or found[at - 1].folded == "AS")
        return found[at].folded if found[at].kind == "word" and brackets.inner[at] is None and not is_name else ""

    returns = [at for at in range(len(found)) if word(at) == "RETURN"]
    parts: list[list[int]] = [[]]
    for at in range(returns[-1] + 1 if returns else len(found), len(found)):
        if word(at) in _ENDS:
            break
        if brackets.symbol(at) == "," and brackets.inner[at] is None:
            parts.append([])
        elif parts[-1] or word(at) != "DISTINCT":
            parts[-1].append(at)
    starts = [token.start for token in found] + [len(query)]
    names = []
    for part in filter(None, parts):
        if brackets.symbol(part[0]) == "*":
            return []
        if len(part) > 2 and found[part[-2]].folded == "AS":
            names.append(found[part[-1]].text)
        else:
            names.append(query[starts[part[0]] : starts[part[-1] + 1]].strip())
    return names
