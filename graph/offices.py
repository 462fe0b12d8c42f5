"""Whether a person speaks from a public office: by what the text itself calls the speaker, and nothing else.

"the minister", "chief executive of OpenAI", "spokesperson for the university", "局长": such a person may be named.
"a professor", "an engineer at the firm" and a name alone are no office.
"""

import re

_OFFICE = re.compile(
    r"\b(?:(?:prime |vice[- ]|deputy )*(?:minister|president|premier|chancellor|governor|mayor|commissioner|ambassador)"
    r"|secretary[- ](?:of|general)|(?:foreign|home|labou?r|commerce|trade|party) secretary|attorney[- ]general"
    r"|senator|congress(?:man|woman)|lawmaker|legislator|(?:member of|MP)\b.{0,20}\b(?:parliament|congress)|councill?or"
    r"|spokes(?:person|man|woman)|official|envoy|consul|prosecutor|judge|admiral"
    r"|director|chief executive|chief [a-z]+ officer|C[ETFO]O|chair(?:man|woman|person)?|head of|co-?founder|founder"
    r"|rector|provost|dean)\b"
    r"|部长|省长|市长|县长|州长|书记|主席|总理|总统|首相|发言人|局长|厅长|司长|处长|主任|大使|议员|立委|委员|检察官|法官"
    r"|校长|院长|董事长|总经理|首席执行官|执行长|总裁|创始人|创办人|行政长官",
    re.IGNORECASE,
)


def holds_office(role: str, name: str) -> bool:
    """Return whether a role as written gives its holder a public office; the holder's own name in it does not count."""
    return bool(_OFFICE.search(role.replace(name, " ")))
