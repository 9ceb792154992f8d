"""Random mappings, conditions and events: small, full of the same names, and never kind.

Everything is drawn from one `random.Random`, so a seed tells the whole case. Names are few,
so that paths hit. Each case carries the rows of our tables that it touches.
"""

from .cases import ConditionCase, MappingCase, ValueCase
from .events import SETTINGS, random_event, random_json, random_settings
from .fql import random_fql_documented, random_fql_shared
from .literals import as_yaml
from .mapping_kit import random_mapping_kit
from .values import random_condition, random_type, random_value

__all__ = [
    "SETTINGS",
    "ConditionCase",
    "MappingCase",
    "ValueCase",
    "as_yaml",
    "random_condition",
    "random_event",
    "random_fql_documented",
    "random_fql_shared",
    "random_json",
    "random_mapping_kit",
    "random_settings",
    "random_type",
    "random_value",
]
