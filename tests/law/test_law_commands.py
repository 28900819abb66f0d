"""The law from the shell: a date with its trail, worked examples, data files; each refusal is a sentence. No database is asked."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import CommandError, call_command

from discovery.law.derivations import Derivation
from discovery.law.engine import compute
from discovery.law.memo import as_text
from discovery.law.rulesets import rule_set
from tests.law.test_data_files import RULES
from tests.law.test_vectors import FILE

META = ("compute", "--ruleset", "FRCP-CAND", "--event", "subpoena-objections", "--trigger", "2025-06-18", "--service", "personal")
Run = Callable[..., str]


@pytest.fixture
def run() -> Run:
    """Run `deadlines` and return what it printed."""

    def deadlines(*arguments: str) -> str:
        out = StringIO()
        call_command("deadlines", *arguments, stdout=out)
        return out.getvalue()

    return deadlines


def asked(*, ruleset: str = "FRCP", event: str = "rfp-response", trigger: str = "2026-01-15") -> list[str]:
    return ["compute", "--ruleset", ruleset, "--event", event, "--trigger", trigger]


# deadlines compute ----------------------------------------------------------------------------------------------------


def test_it_prints_the_derivation(run: Run) -> None:
    assert run(*META) == as_text(compute(rule_set("FRCP-CAND"), "subpoena-objections", date(2025, 6, 18), method="personal"))


def test_it_prints_it_as_json(run: Run) -> None:
    found = Derivation.from_data(json.loads(run(*META, "--stated", "2025-07-02T17:00-07:00", "--json")))
    stated = datetime(2025, 7, 2, 17, tzinfo=ZoneInfo("America/Los_Angeles"))
    assert found == compute(rule_set("FRCP-CAND"), "subpoena-objections", date(2025, 6, 18), method="personal", stated=stated)


def test_an_hour_without_an_offset_is_one_of_the_zone_that_is_given(run: Run) -> None:
    told = json.loads(run(*META, "--zone", "America/New_York", "--stated", "2025-07-01T17:00", "--json"))
    assert (told["due_on"], told["due_at"], told["zone"]) == ("2025-07-01", "2025-07-01T17:00:00-04:00", "America/New_York")


def test_a_rule_set_is_found_in_small_letters_too(run: Run) -> None:
    assert run(*asked(ruleset="frcp"), "--service", "email") == run(*asked(), "--service", "email")


def test_a_switch_can_be_set(run: Run) -> None:
    def due(setting: str) -> str:
        arguments = (*asked(trigger="2024-11-24"), "--service", "email", "--policy", f"presidential-closings={setting}", "--json")
        return str(json.loads(run(*arguments))["due_on"])

    assert [due(setting) for setting in ("off", "on", "ask")] == ["2024-12-24", "2024-12-26", "2024-12-24"]


@time_machine.travel(datetime(2026, 1, 16, 6, tzinfo=UTC), tick=False)
def test_today_is_that_of_the_court(run: Run) -> None:
    """At six in Greenwich it is still January 15 in California."""
    ahead = asked(ruleset="FRCP-CAND", trigger="2026-01-16")
    with pytest.raises(CommandError) as refused:
        run(*ahead, "--service", "email")
    assert str(refused.value) == "2026-01-16 lies in the future: service of the requests is recorded when it has happened."
    plan = json.loads(run(*ahead, "--service", "email", "--plan", "--json"))
    assert plan["due_on"] == "2026-02-17"
    assert json.loads(run(*asked(trigger="2026-01-16"), "--service", "email", "--json"))["due_on"] == "2026-02-17"
    assert json.loads(run(*ahead[:-1], "2026-01-15", "--service", "email", "--json"))["due_on"] == "2026-02-17"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (
            [*asked(), "--service", "email", "--service", "mail"],
            "Several methods stand on one proof and give different dates (email: 2026-02-17; mail: 2026-02-20). "
            "Say which one counts.",
        ),
        (
            asked(),
            "Say how it was served: --service with one of personal, office, ecf, email, electronic, mail, clerk, overnight, "
            "other_consented.",
        ),
        (
            [*asked(), "--service", "pigeon"],
            "FRCP knows no service by “pigeon” on 2026-01-15. It knows: personal, office, ecf, email, electronic, mail, clerk, "
            "overnight, other_consented.",
        ),
        ([*asked(trigger="2026-02-30"), "--service", "mail"], "--trigger '2026-02-30' is no date: write {shown}."),
        ([*asked(trigger="yesterday"), "--service", "mail"], "--trigger 'yesterday' is no date: write {shown}."),
        ([*asked(trigger="20260115"), "--service", "mail"], "--trigger '20260115' is no date: write {shown}."),
        ([*asked(), "--service", "mail", "--stated", "soon"], "--stated 'soon' is no date: write {shown}."),
        (
            [*asked(trigger="2026-01-15T10:00"), "--service", "mail"],
            "2026-01-15T10:00:00 has no time zone: say in which zone the clock stood.",
        ),
        (
            [*asked(), "--service", "mail", "--zone", "Moon/Tycho"],
            "There is no time zone “Moon/Tycho”; one is America/Los_Angeles.",
        ),
        ([*asked(), "--service", "mail", "--policy", "snow"], "--policy 'snow' says no setting: write presidential-closings=off."),
        ([*asked(), "--service", "mail", "--policy", "snow=on"], "FRCP has no switch “snow” to set to “on”."),
        (
            [*META, "--stated", "2025-06-17"],
            "2025-06-17, the time for compliance, comes before 2025-06-18, service of the subpoena: one of the two is wrong.",
        ),
        (
            [*asked(trigger="1985-06-01"), "--service", "mail"],
            "The calendar “federal legal holidays” holds no holidays for 1985, so no date is computed. Add the year to its data "
            "file, or enter the date by hand with its reason.",
        ),
    ],
)
def test_what_cannot_be_computed_is_said(run: Run, arguments: list[str], says: str) -> None:
    with pytest.raises(CommandError) as refused:
        run(*arguments)
    assert str(refused.value) == says.format(shown="2025-06-18, or 2026-03-06T10:00-08:00")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (asked(ruleset="FRCP-MARS"), r"^There is no rule set “FRCP-MARS”\. There are: CA-CCP, "),
        (asked(event="rfp"), r"^FRCP has no event “rfp” in force on 2026-01-15\. It has: rfp-response, "),
        (["compute"], r"^Error: the following arguments are required: --ruleset, --event, --trigger$"),
    ],
)
def test_what_is_not_known_is_said_with_what_is(run: Run, arguments: list[str], says: str) -> None:
    with pytest.raises(CommandError, match=says):
        run(*arguments)


# deadlines check ----------------------------------------------------------------------------------------------------------


def test_the_worked_examples_are_as_expected(run: Run) -> None:
    assert run("check", str(FILE)) == "74 of 74 as expected\n"


def test_a_mismatch_is_printed_with_its_derivation(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = FILE.read_text(encoding="utf-8").splitlines()
    right = next(line for line in lines if line.startswith("D24,"))
    wrong, unknown = right.replace("2026-04-01", "2026-04-04"), right.replace(",email,", ",pigeon,").replace("D24", "D99")
    file = tmp_path / "mine.csv"
    file.write_text("\n".join((lines[0], right, wrong, unknown)), encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        call_command("deadlines", "check", str(file))
    printed = capsys.readouterr().out.splitlines()
    assert ended.value.code == 1
    assert printed[:4] == ["D24: expected 2026-04-04, found 2026-04-01", "", "  Count", "  ====="]
    assert [line for line in printed if "counted +" in line] == ["  30 counted + 0 skipped + 0 added = 30 days"]
    assert [line[:83] for line in printed if line.startswith("D99")] == [
        "D99: expected 2026-04-01, refused: FRCP knows no service by “pigeon” on 2026-03-02."
    ]
    assert printed[-1] == "1 of 3 as expected"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"id\n", "{file}: The first line must name the columns id, ruleset, "),
        (b"\xff\xfe", "{file}: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte"),
        (None, "{file}: [Errno 2] No such file or directory: '{file}'"),
    ],
)
def test_a_file_that_cannot_be_checked_is_named(run: Run, tmp_path: Path, content: bytes | None, says: str) -> None:
    file = tmp_path / "mine.csv"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(CommandError) as refused:
        run("check", str(file))
    expected = says.format(file=file)
    assert str(refused.value)[: len(expected)] == expected


# lawpack validate -----------------------------------------------------------------------------------------------------------


@time_machine.travel(datetime(2026, 6, 1, 12, tzinfo=UTC), tick=False)
def test_the_data_files_are_fine(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("lawpack", "validate", "--strict-reviews")
    printed = capsys.readouterr()
    assert (printed.out.split()[1::2], printed.err) == (["files,", "rules:"], "")
    assert printed.out.endswith(": fine\n")


@time_machine.travel(datetime(2027, 1, 2, 12, tzinfo=UTC), tick=False)
def test_a_review_that_is_due_warns_or_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "moon.toml"
    file.write_text(RULES.replace('[policies]\neclipse = "off"\n', ""), encoding="utf-8")
    review = f"review due: {file}, line 5: a person should have looked at this again by 2027-01-01."
    call_command("lawpack", "validate", str(file))
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("1 files, 2 rules: fine\n", f"{review}\n")
    with pytest.raises(CommandError, match=r"^1 files, 2 rules: 1 to mend\.$"):
        call_command("lawpack", "validate", "--strict-reviews", str(file))


def test_a_slip_is_listed_with_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "moon.toml"
    file.write_text(RULES.replace("period = 14", "perod = 14"), encoding="utf-8")
    with pytest.raises(CommandError, match=r"^1 files, 0 rules: 1 to mend\.$"):
        call_command("lawpack", "validate", str(file))
    assert capsys.readouterr().err.startswith(f"{file}, line 31: the key “perod” is not known here; known are base, by, ")
    with pytest.raises(CommandError, match=r"^A file cannot be read: .*nowhere\.toml"):
        call_command("lawpack", "validate", str(tmp_path / "nowhere.toml"))
