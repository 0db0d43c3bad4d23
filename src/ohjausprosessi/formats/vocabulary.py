"""The words of the definition format: sections, reserved words, forms of ids.

Data only. ``docs/format.md`` and the JSON Schema use the same words; a test compares them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, get_args

from ohjausprosessi.model import Section

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMAT_VERSION = 1

SECTIONS: tuple[Section, ...] = get_args(Section)
REQUIRED_SECTIONS = ("owners", "roles", "states", "transitions")

# An id is unique within its group: a rule may name any event or place, a guard any fact or item.
GROUPS: tuple[tuple[Section, ...], ...] = (
    ("owners", "roles", "phases", "states", "transitions", "duties"),
    ("facts", "info"),
)

ID_PATTERN = "^[a-z][a-z0-9_]*$"
ID_LENGTH = 80
ID = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
RESERVED = frozenset(
    {
        "any_open",
        "any_handoff",
        "any_transfer",
        "any_transition",
        "any_answer",
        "accept",
        "decline",
        "expire",
        "withdraw",
        "answer",
        "back",
        "learn",
        "correct",
        "end",
        "start",
        "true",
        "false",
        "null",
        "in",
        "has",
    }
)
ANSWERS = ("accept", "decline", "expire", "withdraw", "answer")
EVENT_WORDS = ("any_transition", "any_handoff", "any_transfer", "any_answer", "end")

PROCESS_PATTERN = "^[a-z][a-z0-9_]*(@[0-9A-Za-z][0-9A-Za-z._+-]*)?$"
PROCESS = re.compile(
    r"(?P<id>[a-z][a-z0-9_]*)(?:@(?P<version>[0-9A-Za-z][0-9A-Za-z._+-]*))?", re.ASCII
)

ATOM_PATTERN = r"^[a-z][a-z0-9_]*(\*|\.[a-z][a-z0-9_]*)?$"

INTEGER_LIMIT = 2**53 - 1  # what JSON readers keep exactly

# Keys that stand only on states of some kinds, facts of some types.
STATE_KEYS: Mapping[str, str] = {
    "deadline": "state",
    "exclusive": "state",
    "outcome": "end",
    "process": "call",
    "with": "call",
    "take": "call",
}
FACT_KEYS: Mapping[str, str] = {"values": "enum", "min": "int", "max": "int"}

# ISO 3166-1 codes of the countries whose public holidays are known.
COUNTRIES = frozenset(
    """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS
    BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE
    EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM
    HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC
    LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA
    NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW
    SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO
    TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW
    """.split()  # noqa: SIM905  a table is easier to read than 249 quoted words
)

# The longest length of each unit: about a hundred years.
LONGEST: Mapping[str, int] = {
    "minute": 52_560_000,
    "hour": 876_000,
    "workday": 26_000,
    "day": 36_500,
    "week": 5_200,
    "month": 1_200,
    "year": 100,
}
