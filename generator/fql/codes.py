"""What can be wrong with a condition."""

from __future__ import annotations

from generator.diagnostics import error, warning

BAD_CONDITION = error(
    "Q101",
    "bad-condition",
    """A condition has a part too many, too few, or in the wrong place.

    A condition compares two values (`= != < <= > >= in`), asks a function, or names a
    field that holds true or false; `and`, `or`, `!` and parentheses combine conditions.
    Segment's own filters are silently false where they cannot be read; segfn refuses them.

    ```yaml
    when: properties.total >= 100 properties.plan = "pro"          # wrong
    ```

    ```yaml
    when: properties.total >= 100 and properties.plan = "pro"
    ```
    """,
)
FOREIGN_WORD = error(
    "Q102",
    "foreign-word",
    """A condition uses an operator or a word of another language.

    FQL has `and`, `or` and `!`, in lower case, and `=` with a single sign.

    ```yaml
    when: properties.plan == "pro" && !traits.internal       # wrong
    ```

    ```yaml
    when: properties.plan = "pro" and !properties.internal
    ```
    """,
)
UNKNOWN_FUNCTION = error(
    "Q103",
    "unknown-function",
    """FQL has no function of this name.

    The functions are contains, match, length, lowercase, uppercase, snakecase, kebabcase,
    titlecase, typeof, bool, string and number.

    ```yaml
    when: startsWith(event, "Order")       # wrong
    ```

    ```yaml
    when: match(event, "Order*")
    ```
    """,
)
FUNCTION_ARGUMENTS = error(
    "Q104",
    "function-arguments",
    """A function's arguments are too many or too few.

    `contains` and `match` take a text and then what to look for, all others one value.

    ```yaml
    when: contains("@example.com")                    # wrong
    ```

    ```yaml
    when: contains(traits.email, "@example.com")
    ```
    """,
)
TOO_DEEP = error(
    "Q105",
    "condition-too-deep",
    """A condition nests parentheses, lists or functions more than 64 levels deep.

    ```yaml
    when: ((((properties.vip))))       # 65 of them are wrong
    ```

    ```yaml
    when: properties.vip
    ```
    """,
)
NO_CONDITION = error(
    "Q106",
    "no-condition",
    """Something other than the text of a condition stands where a condition is needed.

    ```yaml
    $if:
      properties.vip: true             # wrong
    $then: gold
    ```

    ```yaml
    $if: properties.vip
    $then: gold
    ```
    """,
)
TEXT_ORDER = warning(
    "Q120",
    "text-order",
    """Texts are compared by order, which Segment's own filters do not do.

    segfn compares two texts character by character, so that ISO times can be compared; a
    destination filter with the same condition would be false. A number against a text is
    false in both.

    ```yaml
    when: properties.total >= "100"       # never holds for the number 250
    ```

    ```yaml
    when: properties.total >= 100
    ```
    """,
)
NEVER_HOLDS = warning(
    "Q121",
    "never-holds",
    """A part of a condition has only one outcome, because the kinds of its values do not fit.

    FQL is strict about types: a number never equals a text, order is between two numbers or
    two texts, and functions of text give nothing for a number. A text alone is no condition,
    and a path alone asks for `true`: `properties.tags != null` asks whether it is there.

    ```yaml
    when: event = "Order Completed" or "Order Paid"             # the second never holds
    ```

    ```yaml
    when: event in ["Order Completed", "Order Paid"]
    ```
    """,
)
BAD_PATTERN = warning(
    "Q122",
    "bad-pattern",
    r"""A pattern of `match` is no glob, so it matches nothing.

    `*` matches any text, `?` one character, `[abc]` and `[a-z]` one of several, `[^abc]` any
    other, and `\`
    before a character that character itself. The whole text must match.

    ```yaml
    when: match(event, "Order [")              # wrong
    ```

    ```yaml
    when: match(event, "Order \\[*")
    ```
    """,
)
ACTIONS_DIFFER = warning(
    "Q123",
    "actions-differ",
    """The trigger of a Segment Actions destination would read this condition differently.

    Conditions here mean what Segment documents for destination filters. The triggers of
    Actions destinations look the same and are read by a smaller parser with habits of its
    own: of `and` and `or` without parentheses the last one counts for all, `!` before a
    parenthesis is ignored, and so on. So a trigger that was moved here may notify other
    people than before. A condition that an Actions trigger could not read at all, or that
    reads settings, is not warned about.

    ```yaml
    when: event = "A" or event = "B" and properties.total >= 100     # warned about
    ```

    ```yaml
    when: (event = "A" or event = "B") and properties.total >= 100
    ```
    """,
)
