"""An independent interpreter of the mapping language, to compare generated JavaScript with.

It is written from the description of the language alone and shares no code with the
generator; where the description is silent, `DECISIONS.md` says what is done here.
"""

from .javascript import MISSING, Json, same, stringify
from .mapping_kit import DirectiveError, directive
from .notation import NotationError
from .types import InvalidValue, fit
from .values import evaluate, holds, present

__all__ = [
    "MISSING",
    "DirectiveError",
    "InvalidValue",
    "Json",
    "NotationError",
    "directive",
    "evaluate",
    "fit",
    "holds",
    "present",
    "same",
    "stringify",
]
