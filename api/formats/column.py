"""A declared column of flat rows."""

from typing import NamedTuple

TYPES = ("string", "strings", "integer", "float", "boolean", "date")  # the types of a question's columns


class Column(NamedTuple):
    """A column's name and its type, one of TYPES: `strings` is a list, `date` an ISO day or a datetime.date."""

    name: str
    type: str = "string"
