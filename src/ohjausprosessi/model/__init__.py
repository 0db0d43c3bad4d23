"""What a process is: frozen data.

This room refuses to know files, YAML, guards' grammar, cases and pictures: it imports the standard
library only. Names are those of the definition format (``docs/format.md``); keys that are Python
words have another attribute name, said in the class that has them.
"""

from ohjausprosessi.model.definition import (
    Definition,
    Duration,
    Duty,
    Element,
    Fact,
    Handoff,
    Info,
    Kind,
    Label,
    Origin,
    Owner,
    Phase,
    Role,
    Rule,
    Section,
    Service,
    State,
    Transition,
    Value,
)
from ohjausprosessi.model.handoffs import Arrow, acceptors, arrows, is_answered, may_leave_no_state
from ohjausprosessi.model.hashing import definition_hash

__all__ = [
    "Arrow",
    "Definition",
    "Duration",
    "Duty",
    "Element",
    "Fact",
    "Handoff",
    "Info",
    "Kind",
    "Label",
    "Origin",
    "Owner",
    "Phase",
    "Role",
    "Rule",
    "Section",
    "Service",
    "State",
    "Transition",
    "Value",
    "acceptors",
    "arrows",
    "definition_hash",
    "is_answered",
    "may_leave_no_state",
]
