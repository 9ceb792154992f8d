"""Random mappings of mapping-kit, row by row of the tables of its behaviour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from .cases import MappingCase
from .events import (
    ASTRAL_TEXTS,
    KEYS,
    MAPS,
    OWN,
    PLAIN_TEXTS,
    ROOTS,
    UNICODE_TEXTS,
    chance,
    random_event,
)

if TYPE_CHECKING:
    from random import Random

    from reference.javascript import Json


# What directives treat in ways of their own.
AIMED: Final[tuple[Json, ...]] = (
    *(None, None, "", 0, -0.0, 7, 1.5, 1e21, True, False, "vip", "VIP é 😀", "a,b", "{{userId}}"),
    *('{"a":[1,null]}', "{bad", [], [None], [[]], ["a", None, 0], [{"sku": 1}, None, {}]),
    *({}, {"plan": None}, {"plan": {"a": None, "b": [None, {"c": None}]}, "10": 1, "2": []}),
)
ROOT = "__segment_internal_directive"


class Kit:
    """Writes mappings of mapping-kit, row by row of the tables of its behaviour.

    `safe` keeps to what a generator may accept: nothing that throws, whatever the event.
    Of an item, which need not be a map, `@transform` throws.
    """

    def __init__(
        self, rng: Random, rows: set[str], *, safe: bool = False, in_each: bool = False
    ) -> None:
        self.aiming = 0.3  # how often a path leads to what directives treat in ways of their own
        self.rng = rng
        self.rows = rows
        self.safe = safe
        self.transforms = () if in_each else (self._transform,)

    def pick(self, **rows: Any) -> Any:
        """One of the named forms, its name noted."""
        row = self.rng.choice(tuple(rows))
        self.rows.add(row)
        made = rows[row]
        return made() if callable(made) else made

    def path(self) -> str:
        if chance(self.rng, self.aiming):
            self.rows.add("path_aimed")
            return self.rng.choice((*("$.traits.aim", "traits.aim") * 3, "$.traits.aim.plan"))
        root, key = self.rng.choice(MAPS), self.rng.choice(KEYS)
        return self.pick(
            path_dollar=f"$.{root}.{key}",
            path_plain=f"{root}.{key}",
            path_root=f"$.{self.rng.choice(ROOTS)}",
            path_double_dot=f"{root}..{key}",
            path_trailing_dot=f"{root}.{key}.",
            path_inner_dollar=f"{root}.$.{key}",
            path_whole=lambda: self.rng.choice(("", ".", "$.")),
            path_only_dollar="$",
            path_index=lambda: self.rng.choice(
                (f"$.{root}.tags[0]", f"$.{root}.items[1].sku", f"{root}.items.0.sku")
            ),
            path_quoted=lambda: self.rng.choice(
                (f"$.{root}['first name']", f'{root}["{key}"].plan', f"{root}[\"name\"]['0']")
            ),
            path_blank_in_key=f"{root}.first name",
            path_unreachable=f'{root}["a.b"]',
            path_bracketed_root=f'$["{root}"].{key}',
            path_no_jsonpath=lambda: self.rng.choice(
                (f"$.{root}.tags[-1]", f"$.{root}.tags[*]", f"$..{key}", f"{root}.tags[?(@.a)]")
            ),
            path_below_scalar=f"$.{root}.{key}.{self.rng.choice(('sku', 'length', '0', 'id'))}",
            path_length=lambda: self.rng.choice((f"$.{root}.tags.length", "$.event.length")),
            path_of_item=lambda: self.rng.choice(("sku", "$.plan", "0")),
        )

    def operand(self, depth: int) -> Json:
        """What stands where mapping-kit wants a string or a directive."""
        if self.safe:
            self.transforms = ()
        if depth > 0 and chance(self.rng, 0.4):
            return self.directive(depth - 1)
        return {"@path": self.path()}

    def anything(self, depth: int) -> Json:
        return self.raw(depth) if chance(self.rng, 0.3) else self.operand(depth)

    def raw(self, depth: int) -> Json:
        if depth <= 0 or not chance(self.rng, 0.4):
            texts = (*PLAIN_TEXTS, *UNICODE_TEXTS, *ASTRAL_TEXTS)
            return self.rng.choice((*texts[:12], "é", "😀", 0, 1, -1.5, True, False, None, [], {}))
        return self.pick(
            raw_map=lambda: {key: self.anything(depth - 1) for key in self._keys()},
            raw_list=lambda: [self.anything(depth - 1) for _ in range(self.rng.randrange(4))],
        )

    def _keys(self) -> list[str]:
        return self.rng.sample(("a", "b", "plan", "10", "2", "x y"), self.rng.randrange(4))

    def truthy(self, depth: int) -> Json:
        """What is not refused for being falsy as it is written."""
        return self.anything(depth) or "vip"

    def directive(self, depth: int) -> Json:
        makers = (
            *(self._path, self._path, self._template, self._literal, self._if, self._if),
            *(self._case, self._replace, self._array_path, self._json, self._flatten),
            *(self._merge, self._exclude, *self.transforms),
        )
        made: dict[str, Json] = self.rng.choice(makers)(depth)
        self.rows.update(key for key in made if key.startswith("@"))
        if chance(self.rng, 0.05):
            self.rows.add("_metadata")
            made["_metadata"] = {"label": 1}
        return made

    def _path(self, depth: int) -> Json:
        if self.safe or chance(self.rng, 0.95):
            return {"@path": self.path()}
        self.rows.add("@path dynamic")
        return {"@path": self.operand(depth)}

    def _template(self, depth: int) -> Json:
        if not self.safe and chance(self.rng, 0.05):
            self.rows.add("@template dynamic")
            return {"@template": self.operand(depth)}
        pieces = [self._placeholder() for _ in range(self.rng.choice((1, 2, 3)))]
        return {"@template": self.rng.choice(("", "Hi ", "{ ")).join(pieces)}

    def _placeholder(self) -> str:
        path = self.path()
        return self.pick(
            template_double="{{" + path + "}}",
            template_triple="{{{" + path + "}}}",
            template_blanks="{{ " + path + " }}",
            template_empty="{{}}",
            template_whole="{{ }}",
            template_dollar="{{$.traits.plan}}",
            template_filter="{{ traits.plan | upcase }}",
            template_rescanned="{{{properties.plan}}}",
            template_text="plain } {",
        )

    def _literal(self, depth: int) -> Json:
        return self.pick(
            literal_raw=lambda: {"@literal": self.raw(depth)},
            literal_directive=lambda: {"@literal": self.operand(depth)},
        )

    def _if(self, depth: int) -> Json:
        options: dict[str, Json] = {}
        test = self.rng.choice(("exists", "blank", "both"))
        self.rows.add(f"if_{test}")
        for name in ("exists", "blank") if test == "both" else (test,):
            options[name] = self.truthy(depth) if self.safe else self._tested(depth)
        if chance(self.rng, 0.15):
            self.rows.add("if_no_then")
        else:
            options["then"] = self.anything(depth)
        if chance(self.rng, 0.7):
            options["else"] = self.pick(
                if_else=lambda: self.anything(depth),
                if_else_falsy=lambda: self.rng.choice((False, 0, "", None)),
            )
        return {"@if": options}

    def _tested(self, depth: int) -> Json:
        return self.pick(
            if_tests_value=lambda: self.operand(depth),
            if_tests_path=lambda: {"@path": self.path()},
            if_tests_number=lambda: {
                "@json": {"mode": "decode", "value": self.rng.choice(("0", "1", "false"))}
            },
            if_tests_literal=lambda: self.rng.choice(("vip", 0, "", False, [], {}, " ", True)),
            if_tests_list=lambda: self.rng.choice(([[]], [None], [""], [0], [[], []])),
        )

    def _case(self, depth: int) -> Json:
        operator = self.pick(case_lower="lower", case_upper="upper", case_bad="title")
        if operator == "title" and self.safe:
            operator = "lower"
        value = self.pick(
            case_value=lambda: self.operand(depth),
            case_literal=lambda: self.rng.choice(("VIP é", "ΟΔΟΣ", "")),
            case_number=lambda: "VIP" if self.safe else 5,
        )
        return {"@case": {"operator": operator, "value": value}}

    def _replace(self, depth: int) -> Json:
        options: dict[str, Json] = {
            "pattern": self.rng.choice(("a", " ", "i", ".", "vip", "$", "\\", "é", "[", "P", "😀")),
            "value": self.pick(
                replace_value=lambda: self.operand(depth),
                replace_literal=lambda: self.rng.choice(("a.b.a.b", "", "VIP vip", "$1")),
            ),
        }
        if chance(self.rng, 0.8):
            options["replacement"] = self.pick(
                replace_plain=lambda: self.rng.choice(("", "-", "xyz")),
                replace_dollar=lambda: self.rng.choice(("$&", "$$", "$1", "$`", "$'", "<$&>", "$")),
            )
        for name in ("global", "ignorecase"):
            if chance(self.rng, 0.3):
                self.rows.add(f"replace_{name}")
                options[name] = chance(self.rng, 0.5)
        if chance(self.rng, 0.25):
            self.rows.add("replace_pattern2")
            options["pattern2"] = self.rng.choice(("b", "-"))
            if chance(self.rng, 0.7):
                options["replacement2"] = self.rng.choice(("", "+"))
        if not self.safe and chance(self.rng, 0.06):
            self.rows.add("replace_too_long")
            options[self.rng.choice(("pattern", "replacement", "pattern2"))] = "x" * 11
        return {"@replace": options}

    def _array_path(self, depth: int) -> Json:
        shape = self.pick(
            array_path_bare=list,
            array_path_empty_shape=lambda: [{}],
            array_path_shape=lambda: [{"s": {"@path": "$.sku"}, "r": self.anything(depth)}],
            array_path_directive_shape=lambda: [
                {"@path": "$.sku"} if self.safe else self.operand(depth)
            ],
        )
        source = self.pick(
            array_path_text=self.path,
            array_path_items=f"$.{self.rng.choice(MAPS)}.items",
            array_path_from_directive=lambda: self.operand(depth),
        )
        return {"@arrayPath": [source, *shape]}

    def _json(self, depth: int) -> Json:
        mode = self.pick(json_encode="encode", json_decode="decode", json_upper="ENCODE")
        value = self.pick(
            json_value=lambda: self.operand(depth),
            json_text=lambda: self.rng.choice(('{"a":[1,null]}', "{bad", '"x"', " 1e3 ", "NaN")),
            json_falsy=lambda: "x" if self.safe else self.rng.choice((0, "", False, None)),
        )
        return {"@json": {"mode": mode, "value": value}}

    def _flatten(self, depth: int) -> Json:
        options: dict[str, Json] = {
            "separator": self.pick(
                flatten_separator=lambda: self.rng.choice((".", "_", ", ")),
                flatten_no_separator="." if self.safe else "",
            ),
            "value": self.anything(depth),
        }
        if chance(self.rng, 0.4):
            self.rows.add("flatten_omit_arrays")
            options["omitArrays"] = self.rng.choice((True, False, 1))
        return {"@flatten": options}

    def _merge(self, depth: int) -> Json:
        objects = [self._merged(depth) for _ in range(self.rng.choice((2, 2, 3, 1, 0)))]
        options = {
            "objects": objects,
            "direction": self.pick(merge_right="right", merge_left="left", merge_upper="LEFT"),
        }
        if not self.safe and chance(self.rng, 0.05):
            self.rows.add("merge_no_direction")
            del options["direction"]
        return {"@merge": options}

    def _merged(self, depth: int) -> Json:
        return self.pick(
            merge_path=lambda: {"@path": f"$.{self.rng.choice(ROOTS)}"},
            merge_map=lambda: {
                "plan": self.rng.choice((1, 2, 3, None, {"@path": "$.nope"})),
                **{key: self.anything(depth - 1) for key in self._keys()},
            },
            merge_directive=lambda: self.operand(depth),
        )

    def _transform(self, depth: int) -> Json:
        apply = self.pick(
            transform_map=lambda: {"traits": self.operand(depth), "plan": {"@path": "$.event"}},
            transform_directive=lambda: {"@path": f"$.{self.rng.choice(ROOTS)}"},
            transform_root=lambda: {
                "sku": {"@path": self.path()},
                ROOT: {"@transform": {"apply": {"plan": {"@path": "$.event"}}, "mapping": {}}},
            },
        )
        mapping = self.pick(
            transform_to_map=lambda: {"a": self.operand(depth), "p": {"@path": "$.plan"}},
            transform_to_directive=lambda: self.operand(depth),
        )
        return {"@transform": {"apply": apply, "mapping": mapping}}

    def _exclude(self, depth: int) -> Json:
        return {"@excludeWhenNull": self.anything(depth)}

    def invalid(self, depth: int) -> Json:
        """What validation refuses, or overlooks inside a list."""
        return self.pick(
            invalid_two_directives={"@path": "$.a", "@case": {}},
            invalid_other_key={"@path": "$.userId", "x": 1},
            invalid_unknown={"@nope": 1},
            invalid_option=lambda: {"@if": {"exists": {"@path": 5}, "then": 1}},
            invalid_branch=lambda: {"@if": {"exists": "x", "then": {"@case": {"value": 5}}}},
            invalid_array=lambda: {"@merge": {"direction": "right", "objects": ["x"]}},
            invalid_in_list=lambda: [{"@path": "$.userId", "x": self.operand(depth)}],
            invalid_unknown_in_list=lambda: [{"@nope": 1}],
            invalid_root=lambda: {"@flatten": [self.operand(depth)]},
        )


def random_mapping_kit(rng: Random, depth: int = 2) -> MappingCase:
    """A mapping for mapping-kit, now and then one that it refuses, and an event.

    Nothing in it reads a name that JavaScript objects inherit, and it has no `@liquid`.
    """
    rows: set[str] = set()
    kit = Kit(rng, rows)
    mapping = {"x": kit.directive(depth)}
    kit.aiming = 0.9
    mapping["w"] = kit.directive(0)
    kit.aiming = 0.3
    if chance(rng, 0.3):
        mapping["y"] = kit.raw(depth)
    if chance(rng, 0.05):
        rows.add("root")
        mapping[ROOT] = {"@transform": {"apply": {"plan": kit.operand(depth)}}}
    if chance(rng, 0.06):
        mapping["z"] = kit.invalid(depth)
    event = random_event(rng, OWN)
    event["traits"] = {"aim": rng.choice(AIMED), "a.b": 1, "plan": rng.choice(("vip", None))}
    return MappingCase(mapping, event, frozenset(rows))
