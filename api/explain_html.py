"""Explanations as one HTML page that needs nothing else: no script, no outside reference, light and dark.

The text of a document only ever stands escaped between tags; a content security policy in the page forbids everything
but its own style sheet, should a browser ever disagree.
"""

import base64
import hashlib
from collections.abc import Iterable, Iterator
from html import escape

from api.explain import Explanation, Part, Reading
from api.explain_text import why

_STYLE = """
:root { color-scheme: light dark; --ground: #fcfcfa; --card: #ffffff; --ink: #1c1f23; --faint: #5c6570;
  --line: #dcdfe3; --claim: #fff1c2; --number: #7a5a00; --region: #1a7f4b; --field: #9a2f9a; --company: #0b6f86;
  --organisation: #2f56c4; --person: #9a5b00; --programme: #b3362b; }
@media (prefers-color-scheme: dark) { :root { --ground: #15181c; --card: #1d2126; --ink: #e4e7eb; --faint: #9aa4b0;
  --line: #343a42; --claim: #3f3615; --number: #f0cf6a; --region: #5fd197; --field: #e08ae0; --company: #5cc8de;
  --organisation: #8fadff; --person: #f0b35a; --programme: #ff8d82; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.6 system-ui, sans-serif; }
main { max-width: 54rem; margin: 0 auto; padding: 1.5rem 1.25rem 4rem; }
h1 { font-size: 1.35rem; line-height: 1.3; margin: 1.5rem 0 .25rem; overflow-wrap: anywhere; }
.about, .legend { color: var(--faint); font-size: .85rem; margin: 0 0 .5rem; }
.legend span { margin-right: 1rem; white-space: nowrap; }
.text { margin: 1.1rem 0 .6rem; overflow-wrap: anywhere; unicode-bidi: plaintext; }
.evidence { color: inherit; background: var(--claim); box-decoration-break: clone; padding: .1em 0; }
.number { color: var(--number); font-size: .75em; font-weight: 700; vertical-align: super; text-decoration: none; }
.name { border-bottom: 2px solid; font-weight: 600; }
.Region { color: var(--region); } .Field { color: var(--field); } .Company { color: var(--company); }
.Organisation { color: var(--organisation); } .Person { color: var(--person); } .Programme { color: var(--programme); }
details { background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--number);
  border-radius: 6px; margin: .6rem 0; padding: .5rem .9rem; }
summary { cursor: pointer; font-weight: 600; overflow-wrap: anywhere; }
summary .sure { color: var(--faint); font-weight: 400; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 .2rem; font-size: .9rem; }
th, td { text-align: left; vertical-align: top; padding: .25rem .75rem .25rem 0; border-top: 1px solid var(--line);
  overflow-wrap: anywhere; }
th { width: 9rem; font-weight: 400; color: var(--faint); }
.why { display: block; color: var(--faint); font-size: .85rem; }
"""
_LABELS = ("Region", "Field", "Company", "Organisation", "Person", "Programme")


def page(explanations: Iterable[Explanation]) -> str:
    """Return the documents, one after the other, as one page."""
    shown = list(explanations)
    title = shown[0].title if len(shown) == 1 else f"{len(shown)} documents"
    seal = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    legend = "".join(f'<span><span class="name {label}">{label}</span></span>' for label in _LABELS)
    body = "".join("".join(_document(place, one)) for place, one in enumerate(shown, 1))
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{seal}'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}: claims explained</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f'<p class="legend">{legend}<span><span class="evidence">evidence of a claim</span></span></p>\n'
        f"{body}</main>\n</body>\n</html>\n"
    )


def _document(place: int, explanation: Explanation) -> Iterator[str]:
    yield f'<article>\n<h1>{escape(explanation.title)}</h1>\n<p class="about">{escape(explanation.about)}</p>\n'
    for paragraph in explanation.paragraphs:
        yield f'<p class="text">{"".join(_part(place, part) for part in paragraph.parts)}</p>\n'
        for reading in paragraph.claims:
            yield from _claim(place, reading)
    yield "</article>\n"


def _part(place: int, part: Part) -> str:
    links = "".join(f'<a class="number" href="#claim-{place}-{number}">{number}</a>' for number in part.opens)
    shown = escape(part.text)
    if part.entity:
        entity = part.entity
        hint = escape(f"{entity.label}: {entity.name} ({entity.id})")
        shown = f'<span class="name {escape(entity.label)}" title="{hint}">{shown}</span>'
    return links + (f'<mark class="evidence">{shown}</mark>' if part.claims else shown)


def _claim(place: int, reading: Reading) -> Iterator[str]:
    yield (
        f'<details open id="claim-{place}-{reading.number}">\n<summary>{reading.number}. {escape(reading.name)}'
        f' <span class="sure">confidence {reading.confidence:.2f}</span></summary>\n<table>\n'
    )
    for reason in reading.reasons:
        yield (
            f"<tr><th>{escape(reason.role)}</th><td>{escape(reason.value)}"
            f'<span class="why">{escape(why(reason))}</span></td></tr>\n'
        )
    for name, said in reading.facts:
        yield f"<tr><th>{escape(name)}</th><td>{escape(said)}</td></tr>\n"
    yield "</table>\n</details>\n"
