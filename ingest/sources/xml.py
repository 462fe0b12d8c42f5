"""XML from outside → its tree, without entities, external files or network."""

from lxml import etree

from graph.errors import UnreadableDocument


def tree(data: bytes) -> etree._Element:
    """Return the root of an XML document.

    A document type is read over; entities are never replaced, nothing is fetched, and depth and size are limited by
    libxml2 (256 levels, 10 million characters a text).

    Raises:
        UnreadableDocument: the bytes are no XML, or declare entities.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:  # ValueError: an encoding that nobody knows
        raise UnreadableDocument(f"is no XML ({str(error)[:200]})") from error
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and next(declared.iterentities(), None) is not None:
        raise UnreadableDocument("declares entities, as XML bombs do; save it without a document type")
    return root
