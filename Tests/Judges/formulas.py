"""The formulas of a dictionary, read from its XML by other code than ours, and computed: with numbers, or with z3's unknowns for all numbers.

Every value is given here: what becomes of an absent one is tried by the Swift tests."""

import re
import xml.etree.ElementTree as tree

import z3

T = "{urn:tokki:template:1}"
TOKEN = re.compile(r"\s*('[^']*'|[<>=!]=|[a-z][a-z0-9_.]*|[0-9]+|[-+*/(),<>])")
COMPARE = {"==": lambda a, b: a == b, "!=": lambda a, b: a != b, "<": lambda a, b: a < b, "<=": lambda a, b: a <= b, ">": lambda a, b: a > b, ">=": lambda a, b: a >= b}


def choose(test, a, b):
    return (a if test else b) if isinstance(test, bool) else z3.If(test, a, b)


def negated(test):
    return not test if isinstance(test, bool) else z3.Not(test)


def joined(tests, both):
    if all(isinstance(test, bool) for test in tests):
        return all(tests) if both else any(tests)
    return z3.And(*tests) if both else z3.Or(*tests)


class Formulas:
    """The derived fields under one record. `given` has every other value by its name; a choice is the number of its option."""

    def __init__(self, dictionaries, path, slots, provisions, given):
        self.path, self.slots, self.provisions, self.given = path, slots, provisions, given
        self.fields = {}
        for root in dictionaries:
            self.gather(root, "")
        # Numerators of all steps: those that must fit into 64 bits.
        self.steps, self.values = [], {}

    def gather(self, element, path):
        for child in element:
            if child.tag in (T + "record", T + "list", T + "field"):
                name = f"{path}.{child.get('name')}".lstrip(".")
                if child.tag == T + "field":
                    self.fields[name] = child
                else:
                    self.gather(child, name)

    @property
    def derived(self):
        return [name for name, field in self.fields.items() if name.startswith(self.path + ".") and self.cases(field)]

    def cases(self, field):
        if field.get("value"):
            return [(None, field.get("value"))]
        return [(case.get("test"), case.get("value")) for case in field if case.tag in (T + "when", T + "else")]

    # Names

    def place(self, name):
        """As the dictionary looks for a name: in the same record, then in those around it."""
        parts = self.path.split(".")
        places = [".".join([*parts[:count], name]) for count in range(len(parts), -1, -1)]
        return next((place for place in places if place in self.fields), None)

    def value(self, name):
        """A whole number, a truth, or a choice."""
        place = self.place(name)
        assert place, name
        if place not in self.values:
            cases = self.cases(self.fields[place])
            self.values[place] = self.computed(cases) if cases else self.given[place]
        return self.values[place]

    def computed(self, cases):
        (test, source), *rest = cases
        value, denominator = self.formula(source)
        assert denominator == 1, source
        if test is None:
            return value
        assert rest, "a field without an else may be absent"
        return choose(self.test(test), value, self.computed(rest))

    # Formulas: numerators over a known denominator

    def formula(self, source):
        tokens = TOKEN.findall(source)
        assert "".join(tokens) == re.sub(r"\s", "", source), source
        result, rest = self.sum(tokens)
        assert not rest, source
        return result

    def step(self, numerator, denominator=1):
        self.steps.append(numerator)
        return numerator, denominator

    def sum(self, tokens):
        value, tokens = self.product(tokens)
        while tokens and tokens[0] in "+-":
            sign = 1 if tokens[0] == "+" else -1
            other, tokens = self.product(tokens[1:])
            value = self.added(value, (sign * other[0], other[1]))
        return value, tokens

    def added(self, a, b):
        self.step(a[0] * b[1])
        self.step(b[0] * a[1])
        return self.step(a[0] * b[1] + b[0] * a[1], a[1] * b[1])

    def product(self, tokens):
        value, tokens = self.factor(tokens)
        while tokens and tokens[0] in "*/":
            other, rest = self.factor(tokens[1:])
            if tokens[0] == "/":
                assert isinstance(other[0], int) and other[0] > 0, "divided by a number"
                other = other[1], other[0]
            value, tokens = self.step(value[0] * other[0], value[1] * other[1]), rest
        return value, tokens

    def factor(self, tokens):
        word, *rest = tokens
        if word.isdigit():
            return (int(word), 1), rest
        if word == "(":
            value, rest = self.sum(rest)
            return value, rest[1:]
        if not rest or rest[0] != "(":
            return self.slots[word] if word in self.slots else self.step(self.value(word)), rest
        if word == "sum":
            # The sum of a list is one given value.
            return self.step(self.given[self.place(rest[1])]), rest[3:]
        parts, rest = [], rest[1:]
        while True:
            part, rest = self.sum(rest)
            parts.append(part)
            end, *rest = rest
            if end == ")":
                break
        if word in ("floor", "ceil"):
            (numerator, denominator), = parts
            down = numerator if word == "floor" else -numerator
            # Of z3, and of Python, for a divisor above 0 this is the floor.
            down = down // denominator if isinstance(down, int) else down / denominator
            return self.step(down if word == "floor" else -down), rest
        assert word in ("min", "max"), word
        best = parts[0]
        for part in parts[1:]:
            difference = self.added(part, (-best[0], best[1]))
            isBetter = difference[0] < 0 if word == "min" else difference[0] > 0
            denominator = part[1] * best[1]
            best = choose(isBetter, part[0] * best[1], best[0] * part[1]), denominator
        return best, rest

    # Tests

    def test(self, source):
        tokens = TOKEN.findall(source)
        result, rest = self.any(tokens)
        assert not rest, source
        return result

    def any(self, tokens, both=False):
        part = self.unary if both else lambda tokens: self.any(tokens, both=True)
        test, tokens = part(tokens)
        tests = [test]
        while tokens and tokens[0] == ("and" if both else "or"):
            test, tokens = part(tokens[1:])
            tests.append(test)
        return (joined(tests, both) if len(tests) > 1 else tests[0]), tokens

    def unary(self, tokens):
        word, *rest = tokens
        if word == "not":
            test, rest = self.unary(rest)
            return negated(test), rest
        if word == "(":
            test, rest = self.any(rest)
            return test, rest[1:]
        if word == "has":
            return self.provisions[rest[1].strip("'")], rest[3:]
        value = self.value(word)
        if not rest or rest[0] not in COMPARE:
            return value, rest
        sign, other, *rest = rest
        if other.startswith("'"):
            options = [option.text for option in self.fields[self.place(word)].iter(T + "option")]
            other = options.index(other.strip("'"))
        return COMPARE[sign](value, int(other)), rest


def parsed(text):
    return tree.fromstring(text)
