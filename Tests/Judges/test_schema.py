"""`tokki schema`: the schema judged by jsonschema, the blank file by PyYAML, the headers by csv.

The schema and the binder are asked of the same data: what the one finds misshapen, the other does too.
"""

import copy
import csv
import functools
import io
import json
import random
import re

import pytest
import yaml
from jsonschema import Draft202012Validator
from packets import EDITION, ROOT, SAMPLES, run, walk
from rings import THOROUGH


def schema_output(*options):
    result = run("schema", "--edition", EDITION, *options)
    assert result.returncode == 0, result.stderr.decode()
    assert result.stderr == b""
    return result.stdout


@functools.cache
def schema():
    return json.loads(schema_output("--json-schema"))


@functools.cache
def validator():
    return Draft202012Validator(schema())


def is_valid(data):
    return validator().is_valid(data)


class CoreLoader(yaml.SafeLoader):
    """YAML 1.2's core schema, as editors read it: 2022-04-01, no and 0040012 are text."""

    yaml_implicit_resolvers = {}


for tag, pattern, first in [
    ("null", r"^(?:~|null|)$", ["~", "n", ""]),
    ("bool", r"^(?:true|false)$", list("tf")),
    ("int", r"^-?(?:0|[1-9][0-9]*)$", list("-0123456789")),
]:
    CoreLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), first)


def read(text):
    return yaml.load(text, CoreLoader)


def sample(name="contract"):
    return read((SAMPLES / f"{name}.yaml").read_text())


# The schema


def test_the_schema_is_one():
    Draft202012Validator.check_schema(schema())


def test_every_reference_leads_somewhere():
    references = [node["$ref"] for node in walk(schema()) if "$ref" in node]
    assert len(references) > 200
    for reference in references:
        target = schema()
        for step in reference.removeprefix("#/").split("/"):
            target = target[step]


@pytest.mark.parametrize("file", sorted(SAMPLES.glob("contract*.*")), ids=lambda file: file.name)
def test_samples_fit(file):
    assert [error.message for error in validator().iter_errors(read(file.read_text()))] == []


def at(data, path):
    for step in path:
        data = data[step]
    return data


def changed(path, value):
    data = sample()
    at(data, path[:-1])[path[-1]] = value
    return data


GOOD = [
    (["contract", "date"], "令和４年４月１日（金）"),
    (["contract", "date"], 20220401),
    (["contract", "amount_incl_tax"], "金１２,３４５,６７８円也"),
    (["contract", "amount_incl_tax"], "△500"),
    (["contract", "deposit_mode"], None),
    (["contract", "number"], 40012),
    (["vendor", "individual"], "法人その他の団体"),
    (["vendor", "contact"], None),
    (["vendor", "contact", "tel"], "０４４（０００）０００１（内線123）"),
    (["vendor", "postal"], "〒210-0000"),
    (["vendor", "workers"], []),
    (["vendor", "workers", 0, "employment"], "嘱託"),
    (["vendor", "incident", "incident_type"], "紛失"),
    (["vendor", "incident", "subject_count"], "調査中（10月末に判明の見込み）"),
    (["vendor", "incident", "timeline", 0, "at"], "不明"),
    (["vendor", "subcontract_application", "subcontractors", 0, "attachments"], [None, "図"]),
]
BAD = [
    (["contract", "titel"], "x"),
    (["packet"], {"mode": "final"}),
    (["contract"], "x"),
    (["contract"], [{}]),
    (["contract", "date"], True),
    (["contract", "date"], "未定"),
    (["contract", "title"], ["x"]),
    (["contract", "title"], "一行目\n二行目"),
    (["contract", "amount_incl_tax"], "1,23円"),
    (["contract", "amount_incl_tax"], 1.5),
    (["contract", "deposit_mode"], "分割"),
    (["contract", "契約番号"], "0040012"),
    (["vendor", "postal"], "210-000"),
    (["vendor", "contact", "tel"], "44-000-0001"),
    (["vendor", "contact", "email"], "a@b"),
    (["vendor", "individual"], "はい"),
    (["vendor", "workers"], {"name": "x"}),
    (["vendor", "workers"], "x"),
    (["vendor", "workers"], [{}] * 1001),
    (["vendor", "workers", 0, "org"], "その他"),
    (["vendor", "workers", 0, "nmae"], None),
    (["vendor", "incident", "incident_type"], [["紛失"]]),
    (["vendor", "incident", "subject_count"], "たぶん"),
    (["vendors"], []),
]


@pytest.mark.parametrize("path, value", GOOD, ids=str)
def test_what_the_binder_reads_is_accepted(path, value):
    assert is_valid(changed(path, value))


@pytest.mark.parametrize("path, value", BAD, ids=lambda item: str(item)[:60])
def test_what_the_binder_refuses_is_refused(path, value):
    assert not is_valid(changed(path, value))


def test_one_vendor_or_a_list_of_vendors_with_ids():
    data = sample()
    vendor = data.pop("vendor")
    assert is_valid(data)
    for key in ["vendor", "受注者", "vendors"]:
        assert is_valid(data | {key: vendor})
        assert is_valid(data | {key: [vendor, {"業者番号": 2}]})
        for nameless in [{}, {"name": "x"}, {"id": None}, {"受注者番号": " "}, None, "V1"]:
            assert not is_valid(data | {key: [vendor, nameless]})
    for keys in [("vendor", "受注者"), ("vendor", "vendors"), ("受注者", "vendors")]:
        assert not is_valid(data | dict.fromkeys(keys, vendor))


def test_every_key_of_a_field_is_taken_once():
    """Each label and alias in place of the name, and no two of them together."""
    compared = 0
    for record in [schema(), *schema()["$defs"].values()]:
        if "properties" not in record:
            continue
        one = Draft202012Validator({"$defs": schema()["$defs"], **record})
        for pattern, target in record["patternProperties"].items():
            name = target["$ref"].rsplit("/", 1)[1]
            keys = [re.sub(r"\\(.)", r"\1", key) for key in pattern[4:-2].split("|")]
            for index, key in enumerate(keys):
                assert one.is_valid({key: None})
                assert not one.is_valid({key + "x": None})
                for other in [name, *keys[:index]]:
                    assert not one.is_valid({key: None, other: None})
                    compared += 1
    assert compared > 400


# The schema and the binder, asked of the same data

VALUES = [
    None, "", 5, 1.5, -3, True, False, "x", "納付", "有", "無", "紛失", "一行\n二行", "12,345", "1,23", "調査中",
    "不明（未確認）", "0040012", "△1,000円", "44-000-0001", "a@example.jp", [], [None], ["x"], ["x", ["y"]], {},
    {"x": 1}, {"name": "x"}, [{}], [{"name": None}], [{"x": 1}],
]  # fmt: skip
MISSHAPEN = {
    "unknown-data-field", "wrong-type", "duplicate-key", "list-too-long", "choice-not-offered", "line-break",
}  # fmt: skip
# What a schema cannot express: the meaning of values, and of some values together.
MEANING = {"rule-violated", "word-not-allowed", "impossible-date", "wrong-check-digit"}


def places(node, path=()):
    for key, child in node.items() if isinstance(node, dict) else enumerate(node):
        yield (*path, key)
        if isinstance(child, dict | list):
            yield from places(child, (*path, key))


def mutated(generator):
    data = sample()
    for _ in range(generator.choice([1, 1, 2])):
        *above, key = generator.choice(list(places(data)))
        parent = at(data, above)
        old = parent[key]
        others = [name for name in at(data, above[:-1]) if isinstance(name, str)] if above else []
        match generator.randrange(8):
            case 0 if isinstance(key, str):
                parent[generator.choice([key + "s", "備考", *others])] = parent.pop(key)
            case 1:
                parent[key] = [old]
            case 2 if isinstance(old, list) and old:
                parent[key] = old[0]
            case _:
                value = copy.deepcopy(generator.choice(VALUES))
                is_day = re.match(r"\d{4}-\d\d-\d\d", str(old)) and isinstance(value, str | int | float)
                is_row = isinstance(key, int) and isinstance(old, dict) and value == ""
                # Text is no day though it has a digit, and an empty text may be an empty row: too fine for a schema.
                parent[key] = None if is_day or is_row else value
    return data


def test_schema_and_binder_agree(tmp_path, note):
    file = tmp_path / "data.json"
    verdicts = {True: 0, False: 0}
    for seed in range(200 if THOROUGH else 60):
        data = mutated(random.Random(seed))
        file.write_text(json.dumps(data, ensure_ascii=False))
        result = run("check", EDITION, "--data", file, "--mode", "blank", "--json")
        found = json.loads(result.stdout)["diagnostics"]
        codes = {finding["code"] for finding in found if finding["severity"] == "error"}
        valid = is_valid(data)
        verdicts[valid] += 1
        if codes <= MEANING:
            errors = [f"{error.json_path}: {error.message[:200]}" for error in validator().iter_errors(data)]
            # What exports leave in a value is seen through with a warning; an editor shows it as a mistake.
            seen_through = {finding["code"] for finding in found} & {"line-break", "placeholder"}
            assert valid or seen_through, f"seed {seed}: the binder takes what the schema refuses: {errors}"
        if codes & MISSHAPEN:
            assert not valid, f"seed {seed}: the schema takes what the binder refuses: {found}"
    assert min(verdicts.values()) > (20 if THOROUGH else 6)
    note(f"schema and binder agree on {verdicts[True]} good and {verdicts[False]} misshapen files")


# The blank file


def test_the_blank_file_is_data(tmp_path):
    text = schema_output()
    assert text == schema_output("--yaml")
    assert b"\r" not in text and b"\t" not in text and not text.startswith(b"\xef\xbb\xbf")
    assert is_valid(read(text.decode()))
    file = tmp_path / "blank.yaml"
    file.write_bytes(text)
    for mode, needed in [("blank", []), ("prefilled", ["contract.title", "vendor.name"])]:
        result = run("check", EDITION, "--data", file, "--mode", mode, "--json")
        found = json.loads(result.stdout)["diagnostics"]
        assert [(finding["code"], finding["field"]) for finding in found] == [("missing-value", path) for path in needed]


def test_the_blank_file_has_every_field_and_no_value():
    def fields(record):
        for field, about in record["properties"].items():
            if field == "vendors":
                continue
            yield field
            inner = [node["$ref"] for node in walk(about) if "$ref" in node]
            target = schema()["$defs"].get(inner[0].removeprefix("#/$defs/"), {}) if inner else {}
            if "properties" in target:
                yield from fields(target)

    data = read(schema_output().decode())
    assert sorted(key for mapping in walk(data) for key in mapping) == sorted(fields(schema()))
    for mapping in walk(data):
        assert all(
            value is None or isinstance(value, dict) or isinstance(value, list) and len(value) == 1
            for value in mapping.values()
        )


def test_comments_carry_the_dictionarys_words():
    text = schema_output().decode()
    for line in [
        "  # 契約番号｜番号・符号｜必須\n  number: \n",
        "｜「契約保証金」が「納付」であるときは必須｜根拠：特記事項第20条第３項前段\n  deposit_paid: \n",
        "      # 誓約年月日｜日付｜手書き欄｜根拠：特記事項第５条第２項\n      pledge_date: \n",
    ]:
        assert line in text


# Rosters


def header(*options):
    text = schema_output(*options)
    assert text.startswith(b"\xef\xbb\xbf") and text.endswith(b"\r\n") and text.count(b"\n") == 1
    rows = list(csv.reader(io.StringIO(text.decode("utf-8-sig"), newline=""), strict=True))
    assert len(rows) == 1 and len(set(rows[0])) == len(rows[0])
    return rows[0]


def test_headers():
    assert header("--csv")[:4] == ["契約番号", "受注者番号", "件名", "契約締結日"]
    assert header("--csv=vendor.workers") == header("--csv", "従事者")
    assert header("--csv=vendor.workers")[:3] == ["契約番号", "受注者番号", "従事者の番号"]
    # The same, whatever stands behind it.
    result = run("schema", "--csv=vendor.workers", "--edition", EDITION)
    assert next(csv.reader([result.stdout.decode("utf-8-sig")])) == header("--csv=vendor.workers")
    result = run("schema", "--edition", EDITION, "--csv=x")
    assert result.returncode == 64 and result.stdout == b""
    sheets = [line.strip() for line in result.stderr.decode().splitlines()[1:]]
    assert len(sheets) > 20
    for sheet in sheets:
        assert header(f"--csv={sheet}")[0] == "契約番号"


def test_the_grammar_needs_no_edition(tmp_path):
    result = run("schema", "--grammar", "--edition", tmp_path)
    assert result.returncode == 0 and result.stderr == b""
    assert result.stdout == (ROOT / "Templates/schema/template.rng").read_bytes()


def test_options_exclude_each_other_and_broken_editions_are_reported(tmp_path):
    assert run("schema", "--yaml", "--csv").returncode == 64
    assert run("schema", "--yaml", "--json-schema").returncode == 64
    assert run("schema", "--grammar", "--csv").returncode == 64
    result = run("schema", "--edition", tmp_path)
    assert result.returncode == 65 and result.stdout == b"" and b"edition.xml" in result.stderr
