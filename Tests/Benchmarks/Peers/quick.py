"""A program's tree as a quicktemplate and the Go types of its values: quick.py FOLDER GO_FOLDER CASE.FORMAT…"""

import pathlib
import sys

import templates


class Type:
    """A Go struct: the fields of one frame by their keys."""

    def __init__(self, name):
        self.name = name
        self.fields = {}
        self.items = {}

    def declaration(self):
        fields = "".join(f"\t{key.upper()} {kind} `json:\"{key}\"`\n" for key, kind in self.fields.items())
        return f"type {self.name} struct {{\n{fields}}}\n" + "".join(item.declaration() for item in self.items.values())


def text(text):
    return text.replace("{%", '{%s= "{%" %}')


def template(nodes, frames):
    """The body of a function, on one line but for the line feeds of the text; fills in the types."""
    def field(node, kind):
        frames[node["frame"]].fields[node["key"]] = kind
        return f"f{node['frame']}.{node['key'].upper()}"

    def either(condition, yes, no):
        return f"{{% if {condition} %}}{yes}{{% else %}}{no}{{% endif %}}"

    def node(node):
        match node["kind"]:
            case "text":
                return text(node["text"])
            case "value":
                value = field(node, "*string")
                return either(f"{value} != nil", f"{{%s{'=' if node['raw'] else ''} *{value} %}}", text(node["blank"]))
            case "lines":
                lines = field(node, "[]string")
                each = f"{{% for n, line := range {lines} %}}{{% if n > 0 %}}{text(node['separator'])}{{% endif %}}{{%s line %}}{{% endfor %}}"
                return either(f"{lines} != nil", each, text(node["blank"]))
            case "branch":
                return either(field(node, "bool"), template(node["yes"], frames), template(node["no"], frames))
            case "loop":
                outer = frames[node["frame"]]
                inner = outer.items.setdefault(node["key"], Type(outer.name + node["key"].upper()))
                items, item = field(node, f"[]{inner.name}"), f"f{node['item']}"
                body = template(node["body"], frames | {node["item"]: inner})
                return f"{{% for i{item} := range {items} %}}{{% code {item} := &{items}[i{item}] %}}{{% code _ = {item} %}}{body}{{% endfor %}}"

    return "".join(node(each) for each in nodes)


def main():
    folder, target = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    types, functions, cases = {}, [], []
    for path in sys.argv[3:]:
        form = path.split(".", 1)[1]
        if form not in types:
            types[form] = Type(form.capitalize())
            body = template(templates.load(folder / path)[0], {0: types[form]})
            functions.append(f"{{% func {form}(f0 *{types[form].name}) %}}{body}{{% endfunc %}}\n")
        cases.append(f'\tcase "{path}":\n\t\tvalues := new({types[form].name})\n\t\tread(path, values)\n'
                     f"\t\treturn func(w *bytes.Buffer) {{ write{form}(w, values) }}\n")
    (target / "packets.qtpl").write_text("".join(functions))
    (target / "values.go").write_text(
        'package main\n\nimport "bytes"\n\n' + "".join(each.declaration() for each in types.values())
        + "func program(path string) func(*bytes.Buffer) {\n\tswitch path {\n" + "".join(cases) + "\t}\n\treturn nil\n}\n")


if __name__ == "__main__":
    main()
