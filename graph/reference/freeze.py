"""Rebuild subdivisions.tsv from pycountry and our own names: `uv run python -m graph.reference.freeze`.

pycountry is large, and its names carry suffixes and local spellings ("Zhejiang Sheng"), so they are cleaned here once,
and subdivision_names.tsv has the last word. Names that only pycountry vouches for are marked risky ("?"): many are
ordinary words. Run it when ISO 3166-2 changes; the store reloads the reference data when the file differs.
"""

import gettext
import re
import unicodedata
from pathlib import Path

_FOLDER = Path(__file__).parent
_LOCAL_WORDS = re.compile(
    r"(?:,.*$| \[.*$| \(.*$|\b(?:Sheng|Shi|Zizhiqu|oblast'?|kray|Respublika|avtonomnyy okrug|Wilayah Persekutuan)\b)"
)
_COUNTRIES = (
    "AE AR AT AU BE BH BR CA CH CL CN CO CZ DE DK ES FI FR GB HU ID IE IL IN IR IT JP KR KW KZ MX MY NL NO NZ OM"
    " PE PK PL PT QA RU SA SE SG TH TR TW UA US VN ZA"
)
_ELSEWHERE = {"CN-HK", "CN-MO", "CN-TW", "US-PR", "US-GU", "US-AS", "US-VI", "US-MP", "US-UM"}  # countries of ours


def main() -> None:
    """Write subdivisions.tsv, our own names first."""
    import pycountry

    chinese = gettext.translation("iso3166-2", pycountry.LOCALES_DIR, languages=["zh_CN"])
    ours = (_FOLDER / "subdivision_names.tsv").read_text(encoding="utf-8").splitlines()[1:]
    rows = [_row(*(line + "\t\t").split("\t")[:4]) for line in ours]
    known = {row[0] for row in rows}
    for subdivision in sorted(pycountry.subdivisions, key=lambda s: str(s.code)):
        code, name = str(subdivision.code), str(subdivision.name)
        wanted = subdivision.country_code in _COUNTRIES.split() and not subdivision.parent_code
        if not wanted or code in known | _ELSEWHERE or re.match(r"(FR-9|FR-[A-Z]{2}$|NL-(AW|BQ|CW|SX))", code):
            continue
        translated = "?" + chinese.gettext(name)
        clean = _clean(name)
        plain = unicodedata.normalize("NFKD", clean).encode("ascii", "ignore").decode()
        aliases = "?" + plain if plain != clean else ""
        rows.append(_row(code, "?" + clean, translated if translated != "?" + name else "", aliases))
    lines = ["\t".join(row).rstrip("\t") for row in [["id", "name", "name_zh", "parent", "aliases"], *rows]]
    (_FOLDER / "subdivisions.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _row(code: str, name: str, name_zh: str, aliases: str) -> list[str]:
    return [code, name, name_zh, code.split("-")[0], aliases]


def _clean(name: str) -> str:
    return re.sub(r"\s+", " ", _LOCAL_WORDS.sub("", name)).strip(" -‘’'") or name


if __name__ == "__main__":
    main()
