"""A program's tree (see Swift/PeerTemplate.swift) in the languages of other engines."""

import json
import pathlib
from xml.sax.saxutils import escape


def load(base):
    """The tree and the values of `BASE.template.json` and `BASE.data.json`, and the bytes that they make."""
    return (json.loads(pathlib.Path(f"{base}.template.json").read_bytes()),
            json.loads(pathlib.Path(f"{base}.data.json").read_bytes()),
            pathlib.Path(base).read_bytes())


def name(node):
    """The key of a node's value as Python, Jinja and Mako say it."""
    return node["key"] if node["frame"] == 0 else f"item{node['frame']}['{node['key']}']"


def jinja(nodes):
    """For Jinja2 and MiniJinja, which escape by themselves."""
    def text(text):
        return "{% raw %}" + text + "{% endraw %}" if "{" in text else text

    def node(node):
        match node["kind"]:
            case "text":
                return text(node["text"])
            case "value":
                value = "{{ " + name(node) + ("|safe" if node["raw"] else "") + " }}"
                return f"{{% if {name(node)} is not none %}}{value}{{% else %}}{text(node['blank'])}{{% endif %}}"
            case "lines":
                return (f"{{% if {name(node)} is not none %}}{{% for line in {name(node)} %}}{{% if not loop.first %}}"
                        f"{text(node['separator'])}{{% endif %}}{{{{ line }}}}{{% endfor %}}"
                        f"{{% else %}}{text(node['blank'])}{{% endif %}}")
            case "branch":
                return f"{{% if {name(node)} %}}{jinja(node['yes'])}{{% else %}}{jinja(node['no'])}{{% endif %}}"
            case "loop":
                return f"{{% for item{node['item']} in {name(node)} %}}{jinja(node['body'])}{{% endfor %}}"

    return "".join(node(each) for each in nodes)


def mako(nodes):
    def text(text):
        return f"<%text>{text}</%text>" if text else ""

    # A control line begins a line of its own; the backslash before it takes the line feed back.
    def either(condition, yes, no):
        return f"\\\n% if {condition}:\n{yes}\\\n% else:\n{no}\\\n% endif\n"

    def node(node):
        match node["kind"]:
            case "text":
                return text(node["text"])
            case "value":
                value = f"${{{name(node)}|{'n' if node['raw'] else 'h'}}}"
                return either(f"{name(node)} is not None", value, text(node["blank"]))
            case "lines":
                between = f"\\\n% if number:\n{text(node['separator'])}\\\n% endif\n"
                lines = f"\\\n% for number, line in enumerate({name(node)}):\n{between}${{line|h}}\\\n% endfor\n"
                return either(f"{name(node)} is not None", lines, text(node["blank"]))
            case "branch":
                return either(name(node), mako(node["yes"]), mako(node["no"]))
            case "loop":
                return f"\\\n% for item{node['item']} in {name(node)}:\n{mako(node['body'])}\\\n% endfor\n"

    return "".join(node(each) for each in nodes)


def xslt(nodes):
    def text(text):
        return f'<xsl:text disable-output-escaping="yes">{escape(text)}</xsl:text>' if text else ""

    def select(node, inner):
        return node["key"] if node["frame"] == inner else f"$item{node['frame']}/{node['key']}"

    def either(test, yes, no):
        return f'<xsl:choose><xsl:when test="{test}">{yes}</xsl:when><xsl:otherwise>{no}</xsl:otherwise></xsl:choose>'

    def tree(nodes, inner):
        return "".join(node(each, inner) for each in nodes)

    def node(node, inner):
        match node["kind"]:
            case "text":
                return text(node["text"])
            case "value":
                raw = ' disable-output-escaping="yes"' if node["raw"] else ""
                value = f'<xsl:value-of select="{select(node, inner)}"{raw}/>'
                return either(select(node, inner), value, text(node["blank"]))
            case "lines":
                lines = (f'<xsl:for-each select="{select(node, inner)}/line"><xsl:if test="position()!=1">'
                         f'{text(node["separator"])}</xsl:if><xsl:value-of select="."/></xsl:for-each>')
                return either(select(node, inner), lines, text(node["blank"]))
            case "branch":
                return either(select(node, inner), tree(node["yes"], inner), tree(node["no"], inner))
            case "loop":
                return (f'<xsl:for-each select="{select(node, inner)}/item"><xsl:variable name="item{node["item"]}" select="."/>'
                        f'{tree(node["body"], node["item"])}</xsl:for-each>')

    return ('<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">'
            '<xsl:output method="xml" encoding="UTF-8" omit-xml-declaration="yes"/><xsl:template match="/record">'
            f'<xsl:variable name="item0" select="."/>{tree(nodes, 0)}</xsl:template></xsl:stylesheet>')


def element(values):
    """The values as a document for XSLT: what is absent or false has no element."""
    from lxml import etree

    def fill(parent, values):
        for key, value in values.items():
            if value is None or value is False:
                continue
            child = etree.SubElement(parent, key)
            if isinstance(value, str):
                child.text = value
            elif isinstance(value, list):
                for each in value:
                    if isinstance(each, str):
                        etree.SubElement(child, "line").text = each
                    else:
                        fill(etree.SubElement(child, "item"), each)

    root = etree.Element("record")
    fill(root, values)
    return root
