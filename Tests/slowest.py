"""Prints the 30 slowest tests of reports in JUnit's format: `slowest.py FILE…`."""

import sys
import xml.etree.ElementTree as tree

cases = [case for file in sys.argv[1:] for case in tree.parse(file).iter("testcase")]
cases.sort(key=lambda case: -float(case.get("time") or 0))
print(f"slowest 30 of {len(cases)} tests")
for case in cases[:30]:
    print(f"{float(case.get('time') or 0):8.2f}s {case.get('classname')}::{case.get('name')}")
