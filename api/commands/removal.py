"""`talentgraph reextract`, `remove` and `erase`: changing what is stored, without reading anything new in."""

from typing import Annotated

import typer

from api.commands import options
from graph.errors import UnreadableDocument


def reextract(
    all: Annotated[bool, typer.Option("--all", help="Also documents that this very version has read.")] = False,
    wait: options.Wait = False,
    workers: options.Workers = 1,
    engine: options.Engine = None,
    model: options.Model = None,
) -> None:
    """Read stored documents again with this version.

    Those that another version of the rules, the model or the lists has read are read anew from their stored text.
    Claims that are read as before stay as they are; those no longer read are closed.

    \b
    Examples:
      talentgraph reextract
      talentgraph reextract --all --model en_core_web_md --workers 4
    """
    from api import opening, progress, reading, spread
    from api.alerts.evaluation import evaluate
    from ingest.outcome import Outcome
    from ingest.reextraction import outdated
    from ingest.reextraction import reextract as again

    settings = opening.settings()
    spread.check(settings, workers, engine)
    opening.lexicon(settings)
    with reading.extractor(settings, model) as extractor, opening.store(settings) as store:
        version = extractor.extractor.version
        with progress.bar("Reading", outdated(store, version, all=all)) as bar:
            extractor.say = bar.say

            def done(outcome: Outcome) -> None:
                bar.advance()
                if outcome.reason:
                    bar.say(f"{outcome.path}: {outcome.reason}")

            report = again(
                store,
                extractor,
                version,
                all=all,
                progress=done,
                wait=wait,
                say=bar.say,
                by=lambda documents: spread.read(documents, extractor, settings, workers, engine),
            )
        read = report.counts["stored"]
        typer.echo(
            f"{read:,} document{'' if read == 1 else 's'} read again; {report.claims:,} claims, {report.seconds:.1f} s"
        )
        evaluate(store, settings, progress.say)
    if report.failures:
        raise typer.Exit(UnreadableDocument.exit_code)


def remove(
    documents: Annotated[list[str], typer.Argument(metavar="DOC…", help="Ids or URLs of documents in the graph.")],
    wait: options.Wait = False,
) -> None:
    """Take documents back; the past still has them.

    Their claims are closed and no longer counted; asked as of an earlier day, the graph still answers with them. To
    delete for good, erase.

    \b
    Examples:
      talentgraph remove https://example.org/a-wrong-report
    """
    from api import opening, progress
    from api.alerts.evaluation import evaluate
    from ingest.removal import remove as taking

    settings = opening.settings()
    with opening.store(settings) as store:
        removed = taking(store, documents, wait=wait, say=progress.say)
        claims = removed.nodes["Claim"]
        typer.echo(f"{removed.nodes['Document']:,} removed; {claims:,} claim{'' if claims == 1 else 's'} closed")
        evaluate(store, settings, progress.say)


def erase(
    given: Annotated[str, typer.Argument(metavar="DOC|PERSON", help="A document's id or URL, a person's id or name.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    wait: options.Wait = False,
) -> None:
    """Delete a document or a person for good.

    A document goes with its claims. A person's name is blanked in every text and sentence. Both stay away when the same
    text comes again. A receipt remains, which holds hashes alone.

    \b
    Examples:
      talentgraph erase https://example.org/a-private-letter
      talentgraph erase "Jane Example" --yes
    """
    from api import opening, progress
    from ingest.removal import erase as erasing

    if not yes:
        typer.confirm(f"Erase {given} for good?", abort=True, err=True)
    with opening.store(opening.settings()) as store:
        receipt = erasing(store, given, wait=wait, say=progress.say)
    typer.echo(f"Erased ({', '.join(receipt['removed'])}); receipt {receipt['id']}")
