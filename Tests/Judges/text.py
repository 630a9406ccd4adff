"""Text, compared without its white space."""

from collections import Counter

import html5lib
from lxml import etree

XML_ID = "{http://www.w3.org/XML/1998/namespace}id"


def squeeze(text):
    """Without white space, the ideographic space among it."""
    return "".join(text.split())


def official(original, mark="別記"):
    """The annex as its official text file says it, its mark at its place above the title.

    Lines are stripped and joined without a space, as the paper breaks lines in mid-word."""
    lines = [line.strip() for line in original.splitlines()]
    return mark + squeeze("".join(line for line in lines if line != mark))


def parse_html(source):
    return html5lib.parse(source, treebuilder="lxml", namespaceHTMLElements=False)


def parse_xml(source):
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(source, parser)


def text_of(element):
    """What a reader of the element reads: without comments, instructions, scripts, styles."""
    hidden = {"script", "style", "template"}
    parts = []

    def visit(node):
        if isinstance(node.tag, str) and node.tag not in hidden:
            parts.append(node.text or "")
            for child in node:
                visit(child)
                parts.append(child.tail or "")

    visit(element)
    return "".join(parts)


def annex_of_html(source):
    found = parse_html(source).xpath("//*[@id='annex']")
    return squeeze(text_of(found[0])) if len(found) == 1 else None


def annex_of_docbook(source):
    found = [e for e in parse_xml(source).iter() if e.get(XML_ID) == "annex"]
    if len(found) != 1:
        return None
    # DocBook has no place for 別記 above a title: it follows it, and is marked.
    mark = [e for e in found[0].iter() if e.get("role") == "annex-mark"]
    words = "".join(e.text or "" for e in mark)
    for element in mark:
        element.text = ""
    return squeeze(words + text_of(found[0]))


def difference(expected, actual):
    """The first place where two texts part, or None."""
    if actual is None:
        return "no text to compare"
    if expected == actual:
        return None
    at = next(
        (i for i, (a, b) in enumerate(zip(expected, actual)) if a != b),
        min(len(expected), len(actual)),
    )
    return (
        f"character {at}: expected …{expected[max(0, at - 12):at]}⟦{expected[at:at + 12]}⟧"
        f", found ⟦{actual[at:at + 12]}⟧ (lengths {len(expected)}, {len(actual)})"
    )


def lost_in_order(wanted, found):
    """The first character of `wanted` that `found` does not hold in its order, or None."""
    at = 0
    for index, character in enumerate(wanted):
        at = found.find(character, at) + 1
        if at == 0:
            return f"lost near …{wanted[max(0, index - 12):index]}⟦{wanted[index:index + 12]}⟧"
    return None


def lost(wanted, found):
    """Characters that `found` holds less often than `wanted`, in whatever order, or None."""
    gone = Counter(wanted) - Counter(found)
    return f"lost {dict(gone)}" if gone else None


