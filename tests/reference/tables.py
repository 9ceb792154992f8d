"""The tables of what Segment's own libraries do, row by row, and what must touch each row.

A row names the forms of the generators, and the inputs as `mapping_kit.SEEN` counts them.
"""

from __future__ import annotations

from typing import Final

PATHS: Final[dict[str, tuple[str, ...]]] = {
    "$. anywhere and superfluous dots change nothing": (
        *("path_dollar", "path_plain", "path_double_dot", "path_trailing_dot"),
        *("path_inner_dollar", "path_root", "path_aimed"),
    ),
    "an empty path is the whole payload": ("path_whole",),
    "$ alone is a key": ("path_only_dollar",),
    "indexes, quotes and blanks": ("path_index", "path_quoted", "path_blank_in_key"),
    "nothing else of JSONPath": ("path_no_jsonpath",),
    "$ before brackets is a key": ("path_bracketed_root",),
    "a key with a dot is out of reach": ("path_unreachable",),
    "below what is missing": ("a member of missing",),
    "below null, 0, an empty text and false": (
        *("a member of null", "a member of 0", "a member of an empty text"),
        "a member of false",
    ),
    "below a text and a list": (
        *("a member of text", "a member of list", "path_length", "path_below_scalar"),
    ),
}
"""How mapping-kit reads a path."""

DIRECTIVES: Final[dict[str, tuple[str, ...]]] = {
    "@path": ("@path", "@path dynamic", "path_of_item"),
    "@template": (
        *("@template", "@template dynamic", "template_double", "template_triple"),
        *("template_blanks", "template_empty", "template_whole", "template_dollar"),
        *("template_filter", "template_rescanned", "template_text", "@template of missing"),
        *("@template of null", "@template of 0", "@template of list", "@template of map"),
    ),
    "@literal": ("@literal", "literal_raw", "literal_directive"),
    "@if": (
        *("@if", "if_exists", "if_blank", "if_both", "if_no_then", "if_else", "if_else_falsy"),
        *("if_tests_literal", "if_tests_list", "if_tests_number", "@if exists of null"),
        *("@if exists of missing", "@if exists of 0", "@if exists of false"),
        *("@if blank of missing", "@if blank of 0", "@if blank of false"),
        *("@if blank of list", "@if blank of text"),
    ),
    "@case": (
        *("@case", "case_lower", "case_upper", "case_bad", "case_literal", "case_number"),
        *("@case of missing", "@case of null", "@case of number", "@case of map"),
    ),
    "@replace": (
        *("@replace", "replace_plain", "replace_dollar", "replace_global"),
        *("replace_ignorecase", "replace_pattern2", "replace_too_long", "replace_literal"),
        *("@replace of missing", "@replace of null", "@replace of number", "@replace of list"),
        *("@replace of map", "@replace of text"),
    ),
    "@arrayPath": (
        *("@arrayPath", "array_path_bare", "array_path_empty_shape", "array_path_shape"),
        *("array_path_directive_shape", "array_path_from_directive", "@arrayPath of map"),
        *("@arrayPath of missing", "@arrayPath of text", "@arrayPath of list"),
        "@arrayPath item of null",
    ),
    "@json": (
        *("@json", "json_encode", "json_decode", "json_upper", "json_falsy", "json_text"),
        *("@json encode of missing", "@json encode of text", "@json decode of missing"),
        *("@json decode of list", "@json decode of no JSON of text"),
    ),
    "@flatten": (
        *("@flatten", "flatten_separator", "flatten_no_separator", "flatten_omit_arrays"),
        *("@flatten of text", "@flatten of null", "@flatten of missing", "@flatten of list"),
        "@flatten of map",
    ),
    "@merge": (
        *("@merge", "merge_right", "merge_left", "merge_upper", "merge_no_direction"),
        *("@merge of missing", "@merge of null", "@merge of text", "@merge of list"),
        *("@merge member of null", "@merge member of missing"),
    ),
    "@transform": (
        *("@transform", "transform_map", "transform_directive", "transform_root"),
        *("transform_to_map", "transform_to_directive", "root"),
    ),
    "@excludeWhenNull": (
        *("@excludeWhenNull", "@excludeWhenNull of null", "@excludeWhenNull member of null"),
        "@excludeWhenNull of list",
    ),
    "validation": (
        *("invalid_two_directives", "invalid_other_key", "invalid_unknown", "invalid_option"),
        *("invalid_branch", "invalid_array", "invalid_in_list", "invalid_unknown_in_list"),
        *("invalid_root", "_metadata", "raw_map", "raw_list"),
    ),
}
"""What each directive does. @liquid is refused."""

TRIGGERS: Final[dict[str, tuple[str, ...]]] = {
    "texts in single quotes": ("single_quotes", "single_quotes_equal"),
    "and and or side by side": ("mixed connectives",),
    "a call inside of a group": ("a call in ( )",),
    "groups in groups": ("( ) in ( )", "deep"),
    "!": ("!", "! before ( )"),
    "fields that are dropped": ("dropped", "dropped_alone"),
    "null beside event and type": ("null_of_field", "null"),
    "!= with a boolean": ("boolean",),
    "!= with a number and a text": ("number", "text"),
    "!contains and !match": ("not_contains", "not_match"),
    "patterns": ("match", "contains"),
    "no blanks": ("no_blanks",),
    "functions that give a value, in, a field alone": ("call_of_a_value", "in_", "bare"),
    "odd parts of paths": ("path_with_a_number", "path_with_and"),
    "fields of text beside numbers and booleans": ("number_of_field", "boolean_of_field"),
    "a whole object": ("whole_object",),
    "orders": ("order", "order_of_text", "order_of_quoted_number", "order_of_field"),
}
"""Where the triggers of Segment Actions read documented FQL differently."""
