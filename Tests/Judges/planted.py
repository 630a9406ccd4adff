"""Contracts and vendors in which every value names its owner, in every field that a list can carry.

The fields are taken from the tool's own schema, so that a new one is planted by itself."""

import csv
import datetime
import io
import json
import re
import unicodedata

from packets import EDITION, run

# After every day that the edition itself prints, and before 2100; those for whom there is no room have days before these.
FIRST_DAY, EARLY_DAY = datetime.date(2030, 1, 1), datetime.date(1873, 1, 1)
LATE_VENDORS = 420
ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
# The days of one vendor; no day belongs to two.
SPAN = 60
# The days that rules compare, in the order in which they ask for them. All others come between.
DAYS = {
    "contract.date": 0, "contract.period_from": 1, "contract.amendments.date": 2, "contract.amendments.period_from": 3,
    "vendor.workers.training": 4, "vendor.workers.start": 5, "vendor.workers.end": 50,
    "vendor.subcontract_application.previous_consent_date": 6, "vendor.subcontract_application.doc_date": 7,
    "vendor.subcontract_application.subcontractors.period_from": 8,
    "vendor.subcontract_application.subcontractors.period_to": 51, "vendor.handover_slips.disposal_instructed_on": 9,
    "vendor.handover_slips.disposed_on": 10, "vendor.incident.timeline.at": 12, "vendor.incident.discovered_at": 13,
    "vendor.incident.first_reported_at": 14, "vendor.incident.measures_taken.at": 15,
    "vendor.incident.previous_report_date": 16, "vendor.incident.doc_date": 17, "contract.amendments.period_to": 57,
    "contract.period_to": 56,
}
# What rules fix, for each of the vendor's number.
GIVEN = {
    "contract.deposit_mode": lambda k: ["納付", "免除", "担保の提供"][k % 3],
    "vendor.individual": lambda k: "個人" if k % 4 == 1 else "法人その他の団体",
    "vendor.members.role": lambda k: "構成員",
    "vendor.subcontract_application.kind": lambda k: "変更",
    "vendor.subcontract_application.subcontractors.scope": lambda k: "業務の一部",
    "vendor.handover_slips.kind": lambda k: ["提供", "返却", "廃棄"][k % 3],
    "vendor.handover_slips.giver.role": lambda k: ["指定職員", "管理責任者", ""][k % 3],
    "vendor.handover_slips.receiver.role": lambda k: ["管理責任者", "指定職員", ""][k % 3],
    "vendor.incident.report_stage": lambda k: ["続報", "最終報"][k % 2],
    "vendor.incident.report_count": lambda k: "2",
    "vendor.incident.count_state": lambda k: ["確定", "概数"][k % 2],
}
ABSENT = {
    "vendor.members": lambda k: k % 2 == 1,
    "contract.deposit_paid": lambda k: k % 3 != 0,
    "contract.security_value": lambda k: k % 3 != 2,
}


class Schema:
    """The fields of the edition's data, and the sheets that lists of them are written in."""

    def __init__(self):
        self.defs = json.loads(run("schema", "--json-schema", "--edition", EDITION).stdout)["$defs"]
        listed = run("schema", "--edition", EDITION, "--packet", "start", "--csv=?")
        self.sheets = re.findall(r"^\s+((?:contract|vendor)\.[\w.]+)$", (listed.stdout + listed.stderr).decode(), re.M)
        assert len(self.sheets) > 15, listed.stderr.decode()
        # The rules of other papers know each other, so that nothing can be planted in all of them at once.
        blank = run("schema", "--edition", EDITION, "--yaml", "--packet", "start").stdout.decode()
        self.vendor_parts = set(re.findall(r"^  ([a-z_]+):", blank[blank.index("\nvendor:"):], re.M))
        self.roster = self.header()
        self.headers = {sheet: self.header(sheet) for sheet in self.sheets}
        self.known = {label.rpartition(".")[2] for header in [self.roster, *self.headers.values()] for label in header}

    def header(self, sheet=None):
        text = run("schema", "--edition", EDITION, "--packet", "start", f"--csv={sheet}" if sheet else "--csv").stdout.decode("utf-8-sig")
        return next(csv.reader(io.StringIO(text)))

    def labels(self, path):
        """Label -> the way to a value below the record, through records but not through lists."""
        found = {}
        for name, shape in self.defs[path]["properties"].items():
            reference = shape.get("$ref", "").split("/")[-1]
            if reference in self.defs and not reference.startswith("type-"):
                for label, way in self.labels(reference).items():
                    found[label] = (name, *way)
            elif shape.get("type", [None])[0] != "array":
                found[shape["title"]] = (name,)
        return found

    def own(self, sheet):
        """The labels of a sheet's own columns, the last ones."""
        header = self.headers[sheet]
        return [label for label in header if label in self.labels(sheet)] if sheet in self.defs else header[-1:]


def plant(schema, number):
    """The tree of one contract with one vendor."""
    planter = Planter(schema, number)
    tree = {"contract": planter.record("contract"), "vendor": planter.record("vendor")}
    tree["contract"]["number"] = f"MK{number:05}C"
    tree["vendor"]["id"] = f"MK{number:05}V"
    return tree


class Planter:
    def __init__(self, schema, number):
        self.schema = schema
        self.number = number
        self.ordinal = 0

    def record(self, path):
        found = {}
        for name, shape in self.schema.defs[path]["properties"].items():
            reference = shape.get("$ref", "").split("/")[-1]
            is_part = "items" in str(shape) or (reference and not reference.startswith("type-"))
            if path == "vendor" and is_part and name not in self.schema.vendor_parts:
                continue
            if not is_part and shape.get("title") not in self.schema.known:
                continue
            value = self.field(f"{path}.{name}", shape)
            if value is not None:
                found[name] = value
        return found

    def field(self, path, shape):
        if ABSENT.get(path, lambda k: False)(self.number):
            return None
        if path in GIVEN:
            return GIVEN[path](self.number)
        options = [shape, *shape.get("anyOf", [])]
        items = next((option["items"] for option in options if "items" in option), None)
        if items:
            reference = items.get("$ref", "").split("/")[-1]
            if reference and not reference.startswith("type-"):
                records = [self.record(reference) for _ in range(2)]
                for seq, record in enumerate(records, 1):
                    if "seq" in record:
                        record["seq"] = str(seq)
                return records
            values = [self.value(path, items) for _ in range(2)]
            return list(dict.fromkeys(values))
        reference = shape.get("$ref", "").split("/")[-1]
        if reference in self.schema.defs and not reference.startswith("type-"):
            return self.record(reference)
        return self.value(path, shape)

    def value(self, path, shape):
        self.ordinal += 1
        k, n = self.number, self.ordinal
        marker = f"MK{k:05}F{n:03}"
        options = [shape, *shape.get("anyOf", [])]
        types = {option.get("$ref", "").split("/")[-1] for option in options}
        words = next((option["enum"] for option in options if "enum" in option), None)
        if "type-choice-other" in types:
            return f"その他（{marker}）"
        if words:
            words = [word for word in words if isinstance(word, str) and word not in ("", "yes", "no", "true", "false")]
            return words[(k >> n % 7) % len(words)]
        match types - {""}:
            case kind if "type-integer" in kind: return str(10_000_000 + k * 1000 + n)
            case kind if "type-text" in kind or "type-identifier" in kind: return marker
            case kind if "type-multiline" in kind: return f"{marker}\n{marker}"
            case kind if "type-money" in kind:
                whole = path.split(".")[-1] in ("amount_incl_tax", "price")
                return str((70_000_000_000 if whole else 1_000_000_000) + k * 1000 + n)
            case kind if "type-percent" in kind: return f"{10 + k % 40}.{k // 40:03}7"
            case kind if "type-date" in kind: return self.day(path).isoformat()
            case kind if "type-datetime" in kind: return f"{self.day(path).isoformat()}T{k % 24:02}:{n % 60:02}"
            case kind if "type-postal-code" in kind: return f"{1_000_000 + k}"[:3] + "-" + f"{1_000_000 + k}"[3:]
            case kind if "type-phone" in kind: return f"0{10 + k // 1000}-{k % 1000:04}-{n:04}"
            case kind if "type-email" in kind: return f"mk{k:05}f{n:03}@example.jp"
            case kind if "type-photo" in kind: return None
            case kind if "type-corporate-number" in kind: return corporate_number(900_000_000_000 + k)
        raise AssertionError(f"{path}: nothing to plant in {shape}")

    def day(self, path):
        first, number = (FIRST_DAY, self.number) if self.number < LATE_VENDORS else (EARLY_DAY, self.number - LATE_VENDORS)
        return first + datetime.timedelta(days=number * SPAN + DAYS.get(path, 20 + self.ordinal % 30))


def corporate_number(base):
    digits = [int(digit) for digit in reversed(f"{base:012}")]
    return f"{9 - sum(digit * (2 if place % 2 else 1) for place, digit in enumerate(digits)) % 9}{base:012}"


# MARK: Lists


def write_folder(folder, schema, trees, order):
    """A folder of CSV files: the list itself, and a sheet for each list in it, its rows mixed among the vendors."""
    folder.mkdir()
    keys = [(tree["contract"]["number"], tree["vendor"]["id"]) for tree in trees]
    labels = {label: ("contract", *way) for label, way in schema.labels("contract").items()}
    labels |= {label: ("vendor", *way) for label, way in schema.labels("vendor").items()}
    rows = [[[follow(tree, labels[label]) for label in schema.roster]] for tree in trees]
    write_csv(folder / "契約・委託先一覧.csv", schema.roster, rows, order)
    for sheet in schema.sheets:
        header = schema.headers[sheet]
        named = schema.labels(sheet) if sheet in schema.defs else {}
        rows = []
        for tree, (contract, vendor) in zip(trees, keys):
            mine = []
            for outer, instance in instances(tree, sheet.split(".")):
                own = [contract] + ([vendor] if "受注者番号" in header else []) + [str(number) for number in outer]
                columns = header[len(own) :]
                if isinstance(instance, dict):
                    own += [follow(instance, named[label]) for label in columns]
                else:
                    assert len(columns) == 1, (sheet, columns)
                    own.append(instance)
                mine.append(own)
            rows.append(mine)
        write_csv(folder / f"{sheet}.csv", header, rows, order)
    return folder


def follow(node, way):
    for name in way:
        node = node.get(name, {})
    return node if isinstance(node, str) else ""


def instances(node, way, outer=()):
    """Each item of a list, with the numbers of the items around it."""
    if isinstance(node, list):
        for number, item in enumerate(node, 1):
            if way:
                yield from instances(item, way, (*outer, number))
            else:
                yield outer, item
    elif not way:
        yield outer, node
    elif way[0] in node:
        yield from instances(node[way[0]], way[1:], outer)


def write_csv(path, header, rows, order):
    """The rows of each vendor in their order, among those of the others by chance."""
    turns = [number for number, mine in enumerate(rows) for _ in mine]
    order.shuffle(turns)
    left = [iter(mine) for mine in rows]
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(next(left[number]) for number in turns)


# MARK: Finding


class Finder:
    """Whose values a file has."""

    MARKERS = re.compile(r"(?i)mk(\d{5})(?:f(\d{3}))?")
    NUMBERS = re.compile(r"(?<![0-9A-Za-z.,-])\d[\d,.-]{4,}\d(?![0-9A-Za-z])")
    DAYS = re.compile(r"(?:(明治|大正|昭和|平成|令和)(\d+|元)年(\d+)月(\d+)日)|(\d{4})-(\d\d)-(\d\d)")

    def __init__(self, trees):
        self.owners = {}
        for number, tree in enumerate(trees):
            for _, value in leaves(tree):
                if re.fullmatch(r"[\d.-]{6,}", value) and not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
                    assert self.owners.setdefault(value, number) == number, value
        self.count = len(trees)

    def owners_in(self, data):
        """Number of the vendor -> what of its values was found."""
        text = unicodedata.normalize("NFKC", data.decode(errors="replace"))
        found = {}
        for match in self.MARKERS.finditer(text):
            found.setdefault(int(match[1]), set()).add(match[0].upper())
        for match in self.NUMBERS.finditer(text):
            for word in {match[0].replace(",", ""), match[0]}:
                if word in self.owners:
                    found.setdefault(self.owners[word], set()).add(word)
        for era, year, month, day, *western in self.DAYS.findall(text):
            if era:
                year = (1 if year == "元" else int(year)) + ERAS[era]
            else:
                year, month, day = western
            date = datetime.date(int(year), int(month), int(day))
            number = (date - FIRST_DAY).days // SPAN if date >= FIRST_DAY else LATE_VENDORS + (date - EARLY_DAY).days // SPAN
            if 0 <= number < self.count:
                found.setdefault(number, set()).add(f"{year}-{month}-{day}")
        return found


def leaves(node, path=()):
    if isinstance(node, dict):
        for name, child in node.items():
            yield from leaves(child, (*path, name))
    elif isinstance(node, list):
        for child in node:
            yield from leaves(child, path)
    else:
        yield path, node
