"""The money of Articles 20 and 21: properties of the dictionary's formulas that z3 proves for all amounts, and the papers of the recorded cases.

What is proved is about the formulas as they stand in dictionary/damages.xml; that they compute what the articles say is tried by AmountTests in Swift."""

import itertools
import re

import pytest
import yaml
import z3
from formulas import Formulas, T, parsed
from packets import EDITION, ROOT, run

COMMON = ROOT / "Templates/common"
CASES = sorted((ROOT / "Tests/Cases/amounts").iterdir())
RECORD = "vendor.damage_case"
MOST = 10**15
MODES = ["納付", "免除", "保険等", "担保の提供"]
PROVISIONS = ["deposit-or-liquidated-damages", "excess-over-deposit"]
# Amounts that data gives; of a list, the sum.
AMOUNTS = ["contract.amount_incl_tax", "contract.deposit_paid", "contract.security_value"] + [f"{RECORD}.{name}" for name in ("other_price", "damage_details.amount", "unpaid", "other_debts")]
TRUTHS = [f"{RECORD}.terminated", f"{RECORD}.set_off"]
CHOICES = {"contract.deposit_mode": 4, f"{RECORD}.price_kind": 3}


def ratio():
    """Of the words in the edition's slot: 10分の１."""
    slots = parsed((EDITION / "edition.xml").read_text(encoding="utf-8")).iter(T + "slot")
    words = next(slot.text for slot in slots if slot.get("name") == "liquidated.ratio")
    whole, part = re.fullmatch(r"(\d+)分の(\d+)", words).groups()
    return int(part), int(whole)


def dictionaries(change=lambda text: text):
    files = [COMMON / "dictionary.xml", *sorted((COMMON / "dictionary").glob("*.xml"))]
    return [parsed(change(file.read_text(encoding="utf-8")) if file.name == "damages.xml" else file.read_text(encoding="utf-8")) for file in files]


class Case:
    """Every amount up to 10^15, every choice, and what the annex provides: unknown."""

    def __init__(self, roots, name, **given):
        self.given = {field: given.get(field) if field in given else z3.Int(f"{name}:{field}") for field in AMOUNTS + list(CHOICES)}
        self.given |= {field: given.get(field) if field in given else z3.Bool(f"{name}:{field}") for field in TRUTHS}
        # What the annex has is the same for all cases.
        self.provisions = {provision: z3.Bool(f"has:{provision}") for provision in PROVISIONS}
        self.formulas = Formulas(roots, RECORD, {"liquidated.ratio": ratio()}, self.provisions, self.given)

    def __getattr__(self, name):
        return self.formulas.value(name)

    @property
    def bounds(self):
        return [z3.And(0 <= self.given[field], self.given[field] <= MOST) for field in AMOUNTS] + [
            z3.And(0 <= self.given[field], self.given[field] < count) for field, count in CHOICES.items()]

    @property
    def total(self):
        return self.given[f"{RECORD}.damage_details.amount"]

    @property
    def provided(self):
        return z3.And(*self.provisions.values())


def never_negative(case, _):
    return [case.formulas.value(name) >= 0 for name in case.formulas.derived]


def never_both_forfeited_and_refunded(case, _):
    return [z3.Not(z3.And(case.forfeited > 0, case.refundable > 0)), z3.Not(z3.And(case.forfeited > 0, case.liquidated > 0)), case.forfeited + case.refundable <= case.deposit]


def grows_with_the_damage(case, more):
    return [case.claim <= more.claim, case.bill <= more.bill, case.offset <= more.offset, case.payment >= more.payment, more.claim - case.claim <= more.total - case.total]


def is_set_off_no_further_than_either_side(case, _):
    return [case.offset <= case.claim, case.offset <= case.payable, z3.Or(case.set_off, case.offset == 0)]


def is_the_tenth_part_of_the_price(case, _):
    part, whole = ratio()
    assert (part, whole) == (1, 10)
    due = z3.And(case.provisions["deposit-or-liquidated-damages"], case.terminated, case.deposit == 0)
    return [z3.If(due, z3.And(10 * case.liquidated <= case.price, case.price < 10 * case.liquidated + 10), case.liquidated == 0)]


def keeps_the_totals(case, _):
    taken = case.forfeited + case.liquidated
    return [
        case.bill + case.offset == case.claim, case.payment + case.offset == case.payable, case.payable == case.unpaid + case.other_debts + case.refundable,
        z3.Implies(case.provided, taken + case.claim == z3.If(taken > case.total, taken, case.total)), case.due_total + case.offset + case.forfeited == taken + case.claim]


def fits_into_64_bits(case, _):
    for name in case.formulas.derived:
        case.formulas.value(name)
    return [z3.And(-(2**63) < step, step < 2**63) for step in case.formulas.steps if not isinstance(step, int)]


def claims_the_whole_damage_without_termination(case, _):
    return [z3.Implies(z3.Not(case.terminated), z3.And(case.claim == case.total, case.forfeited == 0, case.liquidated == 0))]


PROPERTIES = [
    never_negative, never_both_forfeited_and_refunded, grows_with_the_damage, is_set_off_no_further_than_either_side, is_the_tenth_part_of_the_price, keeps_the_totals, fits_into_64_bits,
    claims_the_whole_damage_without_termination]


def counterexample(holds, roots):
    """A case in which the property does not hold; nil if there is none."""
    case = Case(roots, "a")
    greater = z3.Int("greater")
    more = Case(roots, "b", **{**case.given, f"{RECORD}.damage_details.amount": greater})
    solver = z3.Solver()
    solver.set("timeout", 600_000)
    solver.add(*case.bounds, case.total <= greater, greater <= MOST, z3.Not(z3.And(*holds(case, more))))
    result = solver.check()
    assert result != z3.unknown, solver.reason_unknown()
    return solver.model() if result == z3.sat else None


@pytest.mark.parametrize("holds", PROPERTIES, ids=lambda holds: holds.__name__)
def test_holds_for_all_amounts(holds):
    assert counterexample(holds, dictionaries()) is None


# What someone might write, and the property that fails.
SLIPS = [
    ("max(0, damage_total - forfeited - liquidated)", "damage_total - forfeited - liquidated", never_negative),
    ('value="deposit - forfeited"', 'value="deposit"', never_both_forfeited_and_refunded),
    ("max(0, damage_total - forfeited - liquidated)", "max(0, forfeited + liquidated - damage_total)", grows_with_the_damage),
    ("min(claim, payable)", "claim", is_set_off_no_further_than_either_side),
    ("min(claim, payable)", "payable", is_set_off_no_further_than_either_side),
    ("floor(price * liquidated.ratio)", "ceil(price * liquidated.ratio)", is_the_tenth_part_of_the_price),
    ("floor(price * liquidated.ratio)", "floor(price / 100) * 10", is_the_tenth_part_of_the_price),
    ('value="claim - offset"', 'value="claim"', keeps_the_totals),
    ("floor(price * liquidated.ratio)", "floor(price * 100000 / 1000000)", fits_into_64_bits),
    ('<when test="not terminated" value="0"/>', "", claims_the_whole_damage_without_termination),
]


@pytest.mark.parametrize("right, wrong, holds", SLIPS, ids=lambda value: value if isinstance(value, str) else value.__name__)
def test_a_slip_in_a_formula_is_found(right, wrong, holds):
    def slip(text):
        assert text.count(right) == 1, right
        return text.replace(right, wrong)

    assert counterexample(holds, dictionaries(slip)) is not None


def given(data):
    """A case's data under the fields' paths, with every other amount 0."""
    contract, case = data["contract"], data["vendor"]["damage_case"]
    values = {field: 0 for field in AMOUNTS + list(CHOICES)} | {field: False for field in TRUTHS}
    values |= {f"contract.{name}": value for name, value in contract.items()} | {f"{RECORD}.{name}": value for name, value in case.items()}
    values["contract.deposit_mode"] = MODES.index(contract["deposit_mode"])
    values[f"{RECORD}.price_kind"] = 0
    values[f"{RECORD}.damage_details.amount"] = sum(detail["amount"] for detail in case["damage_details"])
    return values


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_the_translation_agrees_with_what_tokki_computes(folder):
    formulas = Formulas(dictionaries(), RECORD, {"liquidated.ratio": ratio()}, dict.fromkeys(PROVISIONS, True), given(yaml.safe_load((folder / "data.yaml").read_text(encoding="utf-8"))))
    recorded = dict(line.split(": ") for line in (folder / "expected.txt").read_text(encoding="utf-8").splitlines())
    assert set(recorded) == {name.split(".")[-1] for name in formulas.derived}
    for name, value in recorded.items():
        # What is not given is no amount to tokki, and 0 here.
        if value != "—":
            assert formulas.value(name) == int(value), name


# By domain: what each of the recorded cases calls for.
PAPERS = {
    "1-liquidated-damages": {"penalty-invoice", "damages-claim"}, "2-deposit-covers-damage": {"forfeiture-notice"},
    "3-deposit-and-set-off": {"forfeiture-notice", "damages-claim", "setoff-notice"}, "4-not-terminated": {"setoff-notice"},
    "5-deposit-equals-damage": {"forfeiture-notice"}, "6-no-damage": {"penalty-invoice"}, "7-less-than-one-yen": set()}


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_a_final_packet_has_the_papers_that_apply(folder, tmp_path):
    done = run("packet", folder / "data.yaml", "--edition", EDITION, "--packet", "termination", "--mode", "final", "--out", tmp_path)
    assert done.returncode == 0, done.stderr.decode()
    documents = set(itertools.chain.from_iterable(re.findall(r"^\d+-(.+)\.html$", file.name) for file in tmp_path.rglob("*.html")))
    letters = {"forfeiture-notice", "penalty-invoice", "damages-claim", "setoff-notice", "damages-calculation"}
    assert documents & letters == PAPERS[folder.name] | {"damages-calculation"}
