"""Reading a data file: every slip is named with its line and with what would be right."""

from __future__ import annotations

import pytest

from discovery.law.calendars import CalendarFile
from discovery.law.packs import PackError, read
from discovery.law.rulesets import RuleSetFile
from discovery.law.toml_lines import Path, line_of

RULES = """\
# A court of its own.
id = "MOON"
name = "Moon"
source = "Lunar R. 1"
review_by = 2027-01-01

[policies]
eclipse = "off"

[count]
rule = "Lunar R. 6"
roll_rule = "Lunar R. 6"
backward_rule = "Lunar R. 6"
order = "add-roll"
order_rule = "Lunar R. 6"

[[service]]
id = "mail"
label = "Mail"
rule = "Lunar R. 5"
add = 3

[[event]]
id = "answer"
label = "Answer"
rule = "Lunar R. 12"
summary = "An answer is due within 14 days."
trigger = "service"
trigger_label = "service of the complaint"
unit = "days"
period = 14
source = "Lunar R. 12"

[[event.reading]]
label = "a day less"
shift = -1
why = "a day is short there"
rule = "Lunar R. 12"
"""


def test_a_file_in_order_is_read() -> None:
    found = read(RuleSetFile, RULES, "moon.toml")
    assert (found.id, found.event[0].period, found.event[0].reading[0].shift, found.policies) == (
        "MOON",
        14,
        -1,
        {"eclipse": "off"},
    )


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ("period = 14", "perod = 14", "moon.toml, line 31: the key “perod” is not known here; known are base, by, consequence, "),
        (
            "add = 3",
            "adds = 3",
            "moon.toml, line 21: the key “adds” is not known here; known are add, before_add, before_unit, id, ",
        ),
        (
            'name = "Moon"',
            'nane = "Moon"',
            "moon.toml, line 3: the key “nane” is not known here; known are circuit, closing, count, ",
        ),
        ("shift = -1", "shft = -1", "moon.toml, line 36: the key “shft” is not known here; known are label, rule, shift, why."),
        ("period = 14", 'period = "14"', "moon.toml, line 31: a whole number is expected here, not '14'."),
        ("period = 14", "period = true", "moon.toml, line 31: a whole number is expected here, not True."),
        ("period = 14", "period = -14", "moon.toml, line 23: “period” runs from 0 to 36525."),
        (
            "review_by = 2027-01-01",
            'review_by = "2027"',
            "moon.toml, line 5: a date such as 2025-06-18 is expected here, not '2027'.",
        ),
        (
            "review_by = 2027-01-01",
            "review_by = 2027-01-01T10:00:00",
            "moon.toml, line 5: a date without an hour is expected here.",
        ),
        ('unit = "days"', "unit = 1", "moon.toml, line 30: a text in quotes is expected here, not 1."),
        (
            'unit = "days"',
            'unit = "weeks"',
            "moon.toml, line 23: “unit” is one of days, hours, court_days, gap, toward_trial, earlier, serve_by, stated.",
        ),
        ('unit = "days"', 'unit = "stated"', "moon.toml, line 23: an event that depends on a stated date names it in “stated”."),
        (
            'unit = "days"',
            'unit = "serve_by"',
            "moon.toml, line 23: “serve_by” names in “base” the event whose answer must be due in time.",
        ),
        ('order = "add-roll"', 'order = "any"', "moon.toml, line 10: “order” is one of roll-add-roll, add-roll."),
        ('eclipse = "off"', 'eclipse = "maybe"', "moon.toml, line 1: the switch “eclipse” is one of off, on, ask."),
        ('[policies]\neclipse = "off"\n', "policies = []\n", "moon.toml, line 7: a table is expected here."),
        ("[[service]]", "[service]", "moon.toml, line 17: a list is expected here."),
        ('label = "Mail"\n', "", "moon.toml, line 17: the key “label” is missing."),
        ('name = "Moon"\n', "", "moon.toml, line 1: the key “name” is missing."),
        ("period = 14", "period 14", "moon.toml, line 31: this is no TOML ("),
        ('trigger = "service"', 'trigger = "service', "moon.toml, line 28: this is no TOML ("),
    ],
)
def test_a_slip_is_named_with_its_line(was: str, becomes: str, says: str) -> None:
    assert was in RULES
    with pytest.raises(PackError) as refused:
        read(RuleSetFile, RULES.replace(was, becomes, 1), "moon.toml")
    assert str(refused.value)[: len(says)] == says


def test_a_file_that_breaks_off_is_named_with_its_last_line() -> None:
    with pytest.raises(PackError, match=r"^moon.toml, line 2: this is no TOML \("):
        read(RuleSetFile, 'id = "MOON"\nname =', "moon.toml")


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ("month = 1", "line 5: a holiday needs either “day”, or “weekday” with “nth”."),
        (
            'month = 1\nweekday = "monday"\nnth = 3',
            "line 5: “monday” is no weekday; write one of mon, tue, wed, thu, fri, sat, sun.",
        ),
        ("month = 13\nday = 1", "line 5: “month” runs from 1 to 12."),
        ('month = 1\nday = 1\nobserved = "never"', "line 5: “observed” is one of nearest, sunday, none."),
    ],
)
def test_a_slip_in_a_holiday_is_named(rule: str, says: str) -> None:
    text = f'id = "moon"\nname = "Moon"\nsource = "x"\nreview_by = 2027-01-01\n[[rule]]\nname = "Landing"\n{rule}\n'
    with pytest.raises(PackError) as refused:
        read(CalendarFile, text, "moon.toml")
    assert str(refused.value) == f"moon.toml, {says}"


TRICKY = '''\
"quoted key" = 1
dotted.inner = 2
text = """
id = "not a key"
[not.a.table]
""" # it ends here
literal = \'\'\'
also = "no key"
\'\'\'
after = "a \\" and # no comment [["
covers = [
    [2002, 2008], # a run of years
    [2036],
    ["x"],
]
last = true

[table.sub] # with a comment
key = 1

[[row]]
id = "first"
inline = { a = 1, b = [2, 3] }

[[row.part]]
id = "part of the first"

[[row]]
id = "second"
one = """on one line"""

[[row.part]]
id = "part of the second"

[[row.part]]
id = "another"
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("quoted key",), 1),
        (("dotted", "inner"), 2),
        (("dotted",), 2),
        (("text",), 3),
        (("id",), 1),  # what stands in a text is no key; nothing is nearer than the file
        (("literal",), 7),
        (("also",), 1),
        (("after",), 10),
        (("covers",), 11),
        (("covers", 1, 0), 11),
        (("last",), 16),
        (("table", "sub"), 18),
        (("table", "sub", "key"), 19),
        (("row", 0), 21),
        (("row", 0, "id"), 22),
        (("row", 0, "inline", "b", 1), 23),
        (("row", 0, "part", 0, "id"), 26),
        (("row", 1), 28),
        (("row", 1, "one"), 30),
        (("row", 1, "missing"), 28),
        (("row", 1, "part", 0, "id"), 33),
        (("row", 1, "part", 1, "id"), 36),
        ((), 1),
    ],
)
def test_the_line_of_a_key(path: Path, line: int) -> None:
    assert line_of(TRICKY, path) == line
