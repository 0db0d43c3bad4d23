"""Every mistake a guard can hold: where it points, what it says, and the remedy it names."""

import pickle

import pytest

from ohjausprosessi.guards import GuardError, parse
from ohjausprosessi.model import Fact, Info

FACTS = {
    fact.id: fact
    for fact in (
        Fact(id="ika", type="int", min=15, max=120),
        Fact(id="kesto", type="int"),
        Fact(id="valmis", type="bool"),
        Fact(id="tavoite", type="enum", values={"tutkinto": None, "osatutkinto": None}),
        Fact(id="toive", type="enum", values={"tutkinto": None, "muu": None}),
        Fact(id="vastaus", type="enum", values={"kylla": None, "ei": None}),
        Fact(id="ala", type="text"),
    )
}
INFO = {"kuvaus": Info(id="kuvaus")}


def refused(text: str) -> GuardError:
    with pytest.raises(GuardError) as caught:
        parse(text, facts=FACTS, info=INFO)
    return caught.value


# The guard; the very characters the error points at, by what stands before them; message; hint.
MISTAKES = [
    # words and signs of other languages
    ("ika < 30 and valmis", "ika < 30 ", "and", "expected a comparison, && or ||", "write &&"),
    ("valmis OR valmis", "valmis ", "OR", "expected a comparison, && or ||", "write ||"),
    ("valmis ja valmis", "valmis ", "ja", "expected a comparison, && or ||", "write &&"),
    ("valmis is true", "valmis ", "is", "expected a comparison, && or ||", "write =="),
    (
        "not valmis",
        "",
        "not",
        "`not` is not part of the guard language",
        "write negation like this: !",
    ),
    ("tavoite not in ['tutkinto']", "tavoite ", "not", "expected a comparison", "write negation"),
    ("ika = 30", "ika ", "=", "`=` is not a guard operator", "write =="),
    ("ika === 30", "ika ", "===", "`===` is not a guard operator", "write =="),
    ("ika !== 30", "ika ", "!==", "`!==` is not a guard operator", "write !="),
    ("ika <> 30", "ika ", "<>", "`<>` is not a guard operator", "write !="),
    ("ika =< 30", "ika ", "=<", "`=<` is not a guard operator", "write <="),
    ("ika => 30", "ika ", "=>", "`=>` is not a guard operator", "write >="),
    ("ika ≥ 30", "ika ", "≥", "`≥` is not a guard operator", "write >="),
    ("valmis & valmis", "valmis ", "&", "`&` is not a guard operator", "write &&"),
    ("valmis | valmis", "valmis ", "|", "`|` is not a guard operator", "write ||"),
    ("~valmis", "", "~", "`~` is not a guard operator", "write !"),
    ("ika ^ 2", "ika ", "^", "`^` is not a guard operator", None),
    ("ala == ’a’", "ala == ", "’", "the character `’`", "write a text like this: 'text'"),
    ("valmis\N{NO-BREAK SPACE}&& valmis", "valmis", "\xa0", "the character `U+00A0`", None),
    ("valmis ? true : false", "valmis ", "?", "the character `?`", None),
    # what guards do not have
    ("ika + 1 < 30", "ika ", "+", "guards have no arithmetic", "record it as a separate fact"),
    ("ika - 1 < 30", "ika ", "-", "guards have no arithmetic", "record it as a separate fact"),
    ("ika -1 < 30", "ika ", "-", "guards have no arithmetic", "record it as a separate fact"),
    ("ika % 2 == 0", "ika ", "%", "guards have no arithmetic", "record it as a separate fact"),
    (
        "size(ala) > 3",
        "",
        "size",
        "a guard cannot call the function",
        "the only function is has(fact)",
    ),
    (
        "ika < 30 && now() > 1",
        "ika < 30 && ",
        "now",
        "a guard cannot call the function",
        "the only function is",
    ),
    ("ika < now", "ika < ", "now", "there is no fact now", "use the key after or deadline"),
    ("ika == null", "ika == ", "null", "null is not a value", "write !has(ika)"),
    ("ika != null", "ika != ", "null", "null is not a value", "write has(ika)"),
    ("null", "", "null", "null is not a value", "write has(fact) if it is known"),
    # numbers and texts
    ("ika < 1.5", "ika < ", "1.5", "`1.5` is not an integer", "use an integer"),
    ("ika < 30v", "ika < ", "30v", "`30v` is not an integer", "use an integer"),
    ("ika < 0x1F", "ika < ", "0x1F", "`0x1F` is not an integer", "use an integer"),
    ("ika < 9223372036854775808", "ika < ", "9223372036854775808", "is not between", None),
    ("ika > -9223372036854775809", "ika > ", "-9223372036854775809", "is not between", None),
    ("ala == 'a", "ala == ", "'a", "the text has no closing '", None),
    ('ala == "a\n" && valmis', "ala == ", '"a', 'the text has no closing "', None),
    (
        "ala == 'a\\'b'",
        "ala == 'a",
        "\\",
        "a text cannot contain a backslash",
        "quote a text that contains '",
    ),
    # what is left open or comes too early, and lists
    ("", "", "", "the guard is empty", "remove the key"),
    (" \n", "", "", "the guard is empty", "remove the key"),
    ("!(valmis", "!", "(", "this ( is never closed", None),
    ("valmis)", "valmis", ")", "this ) was never opened", None),
    ("(valmis valmis)", "(valmis ", "valmis", "expected a comparison", "join the parts with &&"),
    ("valmis 'a'", "valmis ", "'a'", "expected a comparison", "join the parts with && or ||"),
    ("ika <", "ika <", "", "the guard is incomplete", None),
    ("valmis &&\n\n", "valmis &&", "", "the guard is incomplete", None),
    ("&& valmis", "", "&&", "expected a fact or a value here, not &&", None),
    ("valmis && in", "valmis && ", "in", "expected a fact or a value here, not in", None),
    ("ika < 30 < 40", "ika < 30 ", "<", "comparisons cannot be chained", "a < b && b < c"),
    (
        "ika in [1] == valmis",
        "ika in [1] ",
        "==",
        "comparisons cannot be chained",
        "a < b && b < c",
    ),
    ("ika == [1]", "ika == ", "[", "a list is only allowed after in", "fact in ['a', 'b']"),
    ("ika in 30", "ika in ", "30", "in must be followed by a list", "in ['a', 'b']"),
    ("ika in", "ika ", "in", "in must be followed by a list", "in ['a', 'b']"),
    ("ika in []", "ika in [", "]", "a list must consist of values", None),
    ("ika in [1,]", "ika in [1,", "]", "a list must consist of values", None),
    ("ika in [1,", "ika in [1", ",", "a list must consist of values", None),
    (
        "tavoite in [muu]",
        "tavoite in [",
        "muu",
        "a list must consist of values",
        "like this: 'muu'",
    ),
    ("ika in [1 2]", "ika in [1 ", "2", "expected , or ] here in the list", None),
    ("ika in [1", "ika in ", "[", "expected , or ] here in the list", None),
    # has
    ("has", "", "has", "has needs parentheses", "write has(fact)"),
    ("has()", "has(", ")", "has takes the name of one fact", "write has(fact)"),
    ("has('ika')", "has(", "'ika'", "has takes the name of one fact", "write has(fact)"),
    ("has(true)", "has(", "true", "has takes the name of one fact", "write has(fact)"),
    ("has(ika, ala)", "has(ika", ",", "has takes the name of one fact only", "write has(fact)"),
    (
        "valmis && has(ika",
        "valmis && ",
        "has",
        "has takes the name of one fact only",
        "write has(fact)",
    ),
    ("has( ikka)", "has( ", "ikka", "there is no fact ikka", "did you mean `ika`?"),
    ("has(kuvau)", "has(", "kuvau", "there is no fact kuvau", "did you mean `kuvaus`?"),
    # names
    ("valmiss", "", "valmiss", "there is no fact valmiss", "did you mean `valmis`?"),
    ("ikä < 30", "", "ikä", "there is no fact ikä", "did you mean `ika`?"),
    ("IKA < 30", "", "IKA", "there is no fact IKA", "did you mean `ika`?"),
    ("valmis == True", "valmis == ", "True", "there is no fact True", "did you mean `true`?"),
    ("xyzzy && valmis", "", "xyzzy", "there is no fact xyzzy", None),
    ("tavoite == tutkinto", "tavoite == ", "tutkinto", "there is no fact", "like this: 'tutkinto'"),
    (
        "tutkinto == tavoite",
        "",
        "tutkinto",
        "there is no fact",
        "write a text like this: 'tutkinto'",
    ),
    (
        "ala == metsa",
        "ala == ",
        "metsa",
        "there is no fact metsa",
        "write a text like this: 'metsa'",
    ),
    # types
    (
        "ika",
        "",
        "ika",
        "expected a boolean here, but ika is an integer",
        "ika == 1, or use has(ika)",
    ),
    ("tavoite", "", "tavoite", "is an enum value", "tavoite == 'tutkinto', or use has"),
    ("valmis && ala", "valmis && ", "ala", "but ala is a text", "ala == '…', or use has(ala)"),
    ("!ika", "!", "ika", "expected a boolean here, but ika is an integer", "ika == 1"),
    ("'valmis'", "", "'valmis'", "but 'valmis' is a text", "without quotes: valmis"),
    ("30", "", "30", "but 30 is an integer", None),
    ("ika < '30'", "", "ika < '30'", "these cannot be compared", "write it without quotes: 30"),
    ("'ika' < 30", "", "'ika' < 30", "these cannot be compared", "write it without quotes: ika"),
    (
        "valmis == 'true'",
        "",
        "valmis == 'true'",
        "these cannot be",
        "write it without quotes: true",
    ),
    ("valmis == 1", "", "valmis == 1", "valmis is a boolean, 1 is an integer", None),
    ("ika == ala", "", "ika == ala", "ika is an integer, ala is a text", None),
    ("tavoite == ala", "", "tavoite == ala", "is an enum value", None),
    (
        "ala < 'b'",
        "",
        "ala < 'b'",
        "< only compares integers, but ala is a text",
        "use ==, != or in",
    ),
    ("valmis >= true", "", "valmis >= true", ">= only compares integers", "use ==, != or in"),
    ("ika in [1, 'a']", "ika in [1, ", "'a'", "ika is an integer, 'a' is a text", None),
    ("tavoite == vastaus", "", "tavoite == vastaus", "have no value in common", None),
    ("tavoite == 'tutkitno'", "tavoite == ", "'tutkitno'", "none of", "did you mean `'tutkinto'`?"),
    ("'Tutkinto' != tavoite", "", "'Tutkinto'", "none of", "did you mean `'tutkinto'`?"),
    ("tavoite in ['muu']", "tavoite in [", "'muu'", "'muu' is none of tutkinto, osatutkinto", None),
]


@pytest.mark.parametrize(
    ("text", "before", "pointed", "message", "hint"), MISTAKES, ids=[m[0] for m in MISTAKES]
)
def test_a13_guard_points_at_the_mistake_and_names_the_remedy(
    text: str, before: str, pointed: str, message: str, hint: str | None
) -> None:
    error = refused(text)
    assert (text[: error.start], text[error.start : error.end]) == (before, pointed)
    assert error.code == "guard"
    assert message in error.message.en
    assert error.message.fi != error.message.en
    if hint is None:
        assert error.hint is None
    else:
        assert error.hint is not None
        assert hint in error.hint.en
        assert error.hint.fi != error.hint.en


@pytest.mark.parametrize("text", ["kuvaus", "kuvaus == 'a'", "valmis || 'a' != kuvaus", "!kuvaus"])
def test_a13_guard_info_is_an_information_item_read_other_than_by_has(text: str) -> None:
    error = refused(text)
    assert error.code == "guard-info"
    assert text[error.start : error.end] == "kuvaus"
    assert error.hint is not None
    assert error.hint.en == "write has(kuvaus)"


def test_an_enum_with_many_values_is_not_listed_whole() -> None:
    many = Fact(id="f", type="enum", values=dict.fromkeys(f"v{n}" for n in range(20)))
    with pytest.raises(GuardError) as caught:
        parse("f == 'zzz'", facts={"f": many}, info={})
    assert caught.value.message.en == "'zzz' is none of v0, v1, v2, v3, v4, v5, v6, v7, …"


def test_a_guard_has_at_most_4096_characters() -> None:
    longest = "valmis".ljust(4096)
    assert parse(longest, facts=FACTS, info=INFO).text == longest
    error = refused(longest + " ")
    assert (error.start, error.end) == (4096, 4097)
    assert error.message.en == "the guard is 4097 characters long, the limit is 4096"


@pytest.mark.parametrize(("opening", "closing"), [("(", ")"), ("!", ""), ("!(", ")")])
def test_a_guard_has_at_most_64_levels(opening: str, closing: str) -> None:
    times = 64 // len(opening)
    parse(opening * times + "valmis" + closing * times, facts=FACTS, info=INFO)
    error = refused(opening * (times + 1) + "valmis" + closing * (times + 1))
    assert (error.start, error.end) == (64, 65)
    assert "64 levels" in error.message.en
    # However deep, the parser stops at the limit: 4,096 levels are no deeper recursion.
    assert (refused(opening * (4096 // len(opening))).start) == 64


def test_width_is_no_depth() -> None:
    assert len(parse(" || ".join(["valmis"] * 400), facts=FACTS, info=INFO).reads) == 1
    assert parse("&&".join(["(valmis)"] * 400), facts=FACTS, info=INFO).reads == ("valmis",)


def test_an_error_shows_the_line_and_a_caret_in_both_languages() -> None:
    error = refused("ika < 30 &&\n  valmiss")
    assert str(error) == (
        "<guard>:2:3 guard there is no fact valmiss\n"
        "      valmiss\n"
        "      ^~~~~~~\n"
        "    = did you mean `valmis`?"
    )
    assert error.text("fi").endswith("    = tarkoititko `valmis`?")


def test_an_error_survives_pickling() -> None:
    error = refused("ika = 30")
    again = pickle.loads(pickle.dumps(error))  # noqa: S301  our own bytes
    assert (str(again), again.start, again.end) == (str(error), 4, 5)


def test_a_long_word_is_shortened_in_the_message() -> None:
    assert refused("x" * 4000).message.en == f"there is no fact {'x' * 39}…"
