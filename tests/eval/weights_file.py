"""Write the fitted weights back into `ingest/claims/english/weights.py` and the lexicon, rounded to two digits."""

import pathlib

from ingest.claims.english import weights
from ingest.claims.english.recruiters import WEIGHTS
from ingest.claims.english.wordlists import fitted

LEXICON = pathlib.Path(weights.__file__).parents[2] / "lexicon"
WORDS = LEXICON / "gate_words_en.tsv"
_WORDS_DOC = (
    "# first letters of a word, small_ and a whole word, name_ and a kind of name\tits weight in the gate;"
    " `tests/eval/fit_gate.py` fits it"
)
_TABLES = {
    "OWN": "What a sentence says for itself, in the gate; `tests/eval/fit_gate.py` fits it.",
    "AROUND": "What stands around it, likewise.",
    "ORIGIN": "What speaks for a place as the one that people come from; `tests/eval/fit_origins.py` fits it.",
}
_RECRUITER = (
    "# what speaks for a contender as recruiter, in all cases or where the frame names one, describes one, has a"
    " pronoun or none\tits weight; `tests/eval/fit_recruiters.py` fits it"
)


def write() -> None:
    """Replace the module by one with the present values of its tables."""
    lines = ['"""Weights fitted to annotated documents; see each table."""', ""]
    for name, doc in _TABLES.items():
        table: dict[str, float] = getattr(weights, name)
        kept = {key: round(value, 2) for key, value in sorted(table.items()) if not key.startswith("word_")}
        rows = [f'    "{key}": {value:.2f},' for key, value in kept.items() if value]
        lines += [f"{name}: dict[str, float] = {{", *rows, "}", f'"""{doc}"""', ""]
    pathlib.Path(weights.__file__).write_text("\n".join(lines), encoding="utf-8")
    of_words = {name.removeprefix("word_"): value for name, value in weights.OWN.items() if name.startswith("word_")}
    if of_words:
        rows = [_WORDS_DOC, *(f"{stem}\t{value:.2f}" for stem, value in sorted(of_words.items())), ""]
        WORDS.write_text("\n".join(rows), encoding="utf-8")
    rows = [f"{name}\t{value:.2f}" for name, value in sorted(fitted(WEIGHTS).items()) if round(value, 2)]
    (LEXICON / f"{WEIGHTS}.tsv").write_text("\n".join([_RECRUITER, *rows, ""]), encoding="utf-8")
