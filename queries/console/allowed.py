"""What a query may be made of. What is not listed is refused: a new version's new clause too."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


CLAUSES = _words("MATCH OPTIONAL WITH RETURN UNWIND CALL")
"""Words that may begin a query, a part of a UNION, or a subquery."""

AFTER_VALUE = CLAUSES | _words(
    "WHERE UNION ORDER SKIP OFFSET LIMIT AS YIELD AND OR XOR IN STARTS ENDS CONTAINS IS NOT WHEN THEN ELSE END "
    "ASC ASCENDING DESC DESCENDING NULLS"
)
"""Words that may stand behind a value or a closing bracket; two values never follow each other in Cypher."""

KEYWORDS = AFTER_VALUE | _words("BY DISTINCT CASE ALL ANY NONE SINGLE EXISTS COUNT COLLECT")
"""Words that are no value themselves: a value, or a bracket, comes behind them."""

VALUES = _words("NULL TRUE FALSE END ASC ASCENDING DESC DESCENDING FIRST LAST NORMALIZED")
"""Words that end what went before, as a value does."""

NEVER = _words(
    "CREATE MERGE DELETE DETACH NODETACH REMOVE FOREACH DROP INSERT LOAD ALTER GRANT DENY REVOKE TERMINATE PERIODIC "
    "TRANSACTIONS"
)
"""Words that are refused wherever they could be more than a name; in backticks they are names."""

SUBQUERIES = _words("CALL EXISTS COUNT COLLECT")
"""Words behind which braces hold a query."""

BEFORE_BRACKET = KEYWORDS - _words("ALL ANY NONE SINGLE COUNT COLLECT EXISTS END AS YIELD")
"""Words behind which a round bracket is no function's."""

PROCEDURES = _words(
    "db.labels db.relationshiptypes db.propertykeys db.schema.visualization db.schema.nodetypeproperties "
    "db.schema.reltypeproperties"
)

FUNCTIONS = _words(
    # counting
    "count sum avg min max collect stdev stdevp percentilecont percentiledisc "
    # nodes, relationships, paths
    "id elementid labels type properties keys startnode endnode nodes relationships length "
    "shortestpath allshortestpaths "
    # lists and conditions
    "size head last tail range reverse reduce coalesce nullif isempty all any none single exists "
    # text
    "char_length character_length left right substring split replace trim ltrim rtrim btrim lower upper "
    "tolower toupper normalize "
    # numbers
    "abs ceil floor round sign sqrt exp log log10 pi e rand isnan sin cos tan cot asin acos atan atan2 degrees "
    "radians haversin "
    # conversion
    "toboolean tobooleanornull tobooleanlist tofloat tofloatornull tofloatlist tointeger tointegerornull "
    "tointegerlist tostring tostringornull tostringlist valuetype "
    # time
    "timestamp date date.truncate date.statement date.transaction datetime datetime.truncate "
    "datetime.fromepoch datetime.fromepochmillis datetime.statement datetime.transaction localdatetime "
    "localdatetime.truncate time time.truncate localtime localtime.truncate duration duration.between "
    "duration.inmonths duration.indays duration.inseconds "
    # places
    "point point.distance"
)
