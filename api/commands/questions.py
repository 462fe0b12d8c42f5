"""`talentgraph questions`: what can be asked."""

import sys

from api.commands import options


def questions(format: options.Format = "table") -> None:
    """List the questions that can be asked.

    \b
    Examples:
      talentgraph questions
      talentgraph ask flows --help
    """
    from api import output
    from queries import catalogue

    rows = [
        {"question": question.name, "topic": question.topic, "title": question.title}
        for question in catalogue.questions().values()
    ]
    output.write(
        ["question", "topic", "title"],
        rows,
        format,
        sys.stdout,
        notes=["Ask one with `talentgraph ask QUESTION`; `--help` after it shows its parameters."]
        if format == "table"
        else [],
    )
