"""What can be wrong with a value: the codes of expressions, templates and value forms."""

from __future__ import annotations

from generator.diagnostics import error, warning

BAD_EXPRESSION = error(
    "E101",
    "bad-expression",
    """An expression has a part too many, too few, or in the wrong place.

    A text that begins with `$.` is an expression as a whole: a path, filters after `|`, and
    further choices after `??`. To put paths into a text, write each in `{{ }}`.

    ```yaml
    greeting: $.traits.firstName $.traits.lastName            # wrong
    ```

    ```yaml
    greeting: "{{ traits.firstName }} {{ traits.lastName }}"
    ```
    """,
)
UNTERMINATED_TEXT = error(
    "E102",
    "unterminated-text",
    """A quote opens a text that nothing closes.

    In YAML, a ` #` in an unquoted value begins a comment, which often takes the closing
    quote with it: write such a value as a block after `>-`.

    ```yaml
    when: properties.plan = "pro        # wrong
    ```

    ```yaml
    when: properties.plan = "pro"
    ```
    """,
)
BAD_ESCAPE = error(
    "E103",
    "bad-escape",
    r"""A backslash in a quoted text is followed by something that it does not escape.

    The escapes are JSON's, and `\'`: `\" \' \\ \/ \b \f \n \r \t \u0041`. A pattern of
    `match` may escape any character.

    ```yaml
    path: $.properties.path ?? "C:\data"     # wrong
    ```

    ```yaml
    path: $.properties.path ?? "C:\\data"
    ```
    """,
)
BAD_NUMBER = error(
    "E104",
    "bad-number",
    """A number is not written as JSON writes it, or is too big to be exact.

    Beyond 2^53 JavaScript rounds integers, so an id of that size must be a text.

    ```yaml
    account: $.properties.account ?? 007      # wrong
    ```

    ```yaml
    account: $.properties.account ?? "007"
    ```
    """,
)
BAD_PATH = error(
    "E105",
    "bad-path",
    """A path does not go on as paths do.

    After `$` come members and indexes: `.name`, `[0]`, `['any text']`. A name is made of
    letters, digits, `_`, `-` and `$`; any other name stands in brackets and quotes. A
    parent that is missing is no error, so no `?.` is needed.

    ```yaml
    plan: $.traits[plan name]       # wrong
    sku: $.properties.items[*].sku  # wrong
    ```

    ```yaml
    plan: $.traits['plan name']
    sku:
      $each: $.properties.items
      $map: $.sku
    ```
    """,
)
UNKNOWN_ROOT = error(
    "E106",
    "unknown-root",
    """A path begins with a word that is no field of a Segment call.

    In conditions, in `{{ }}` and in `require` a path may begin with a field of the call
    (`userId`, `traits`, `properties`, `context`, ...) or with `settings`. Most often such an
    object is left out before a path, or quotes around a text. A field that Segment's spec does
    not know is written `$['field']`.

    ```yaml
    when: properties.plan = enterprise      # wrong
    ```

    ```yaml
    when: properties.plan = "enterprise"
    ```
    """,
)
ABSENT_ROOT = warning(
    "E107",
    "absent-root",
    """A path reads what calls of this section do not carry, so it is always missing.

    Track, page and screen calls carry `properties`, identify and group calls `traits`. The
    traits that a library adds to other calls are in `context.traits`. A field beyond
    Segment's spec is written `$['field']`.

    ```yaml
    track:
      User Registered:
        workflow:
          name: welcome
          payload:
            name: $.traits.firstName          # wrong
    ```

    ```yaml
    track:
      User Registered:
        workflow:
          name: welcome
          payload:
            name: $.context.traits.firstName
    ```
    """,
)
UNKNOWN_NAME = error(
    "E108",
    "unknown-name",
    """A path begins with a `$name` that no `$as` gives here.

    The event begins with `$.` (a dot after the dollar), settings with `$settings.`.

    ```yaml
    lines:
      $each: $.properties.products
      $map:
        sku: "{{ $line.sku }}"      # wrong: nothing is named line
    ```

    ```yaml
    lines:
      $each: $.properties.products
      $as: line
      $map:
        sku: $line.sku
    ```
    """,
)
UNKNOWN_SETTING = error(
    "E109",
    "unknown-setting",
    """A path reads a function setting that the mapping does not have.

    The settings are the provider's own and those under `settings`.

    ```yaml
    payload:
      environment: $settings.environment    # wrong without the lines below
    ```

    ```yaml
    settings:
      environment:
        label: Environment
    ```
    """,
)
WHOLE_SETTINGS = error(
    "E110",
    "whole-settings",
    """The settings as a whole hold the API key, so only single ones can be read.

    ```yaml
    payload:
      settings: $settings               # wrong
    ```

    ```yaml
    payload:
      environment: $settings.environment
    ```
    """,
)
UNKNOWN_FILTER = error(
    "E111",
    "unknown-filter",
    """There is no filter of this name.

    The filters are lowercase, uppercase, titlecase, trim, snakecase, kebabcase, string,
    json, number, bool, length, first, last, join, split, replace, fixed, truncate,
    timestamp, date, sha256, e164, compact, nonempty, pick, omit and default.

    ```yaml
    plan: $.traits.plan | capitalize      # wrong
    ```

    ```yaml
    plan: $.traits.plan | titlecase
    ```
    """,
)
FILTER_ARGUMENTS = error(
    "E112",
    "filter-arguments",
    """A filter's arguments are too many, too few or of the wrong kind.

    Arguments stand in parentheses and are texts, numbers, `true`, `false` or `null`; for
    another path as a fallback there is `??`.

    ```yaml
    tags: $.properties.tags | join            # wrong: between the tags?
    ```

    ```yaml
    tags: $.properties.tags | join(", ")
    ```
    """,
)
BAD_HOLE = error(
    "E113",
    "bad-hole",
    """A `{{` in a template is not closed, or nothing stands between the braces.

    A `{{` that shall be sent as text is written `{{ "{{" }}`.

    ```yaml
    greeting: Hi {{ traits.firstName }          # wrong
    ```

    ```yaml
    greeting: Hi {{ traits.firstName }}
    ```
    """,
)
NOT_A_PATH = error(
    "E114",
    "not-a-path",
    """Something other than the path to a field stands where a path is needed.

    `require` names places in the event, without fallbacks and filters.

    ```yaml
    require: [$.userId ?? $.anonymousId]     # wrong
    ```

    ```yaml
    require: [userId]
    ```
    """,
)
LOOKS_LIKE_A_PATH = warning(
    "E115",
    "looks-like-a-path",
    """A text that looks like a path or a call is sent as it stands.

    A value is read from the event only if it begins with `$.`, or inside `{{ }}`. Where the
    text is meant, say so with `$literal`.

    ```yaml
    email: traits.email           # sends the text "traits.email"
    phone: $traits.phone          # likewise
    ```

    ```yaml
    email: $.traits.email
    phone: $.traits.phone
    ```
    """,
)
WHOLE_EVENT = warning(
    "E116",
    "whole-event",
    """The whole event is sent, with everything that Segment knows about the person.

    It holds the IP address, the device and every trait. Send the part that is needed.

    ```yaml
    payload:
      event: $                    # everything
    ```

    ```yaml
    payload:
      order: $.properties.order
    ```
    """,
)
UNKNOWN_KEY = error(
    "E120",
    "unknown-special-key",
    """A key that begins with `$` is none of the language's.

    The keys are `$first`, `$each` with `$map` and `$as`, `$if` with `$then` and `$else`,
    `$merge` and `$literal`. A key that shall be sent with its `$` is written with two.

    ```yaml
    data:
      $plan: $.traits.plan        # wrong
    ```

    ```yaml
    data:
      $$plan: $.traits.plan       # sends the key "$plan"
    ```
    """,
)
MIXED_KEYS = error(
    "E121",
    "mixed-keys",
    """A map mixes a form of the language with other keys, or two forms.

    A map with `$each`, `$if` and so on is that form and nothing else. `$merge` puts
    fields beside a form.

    ```yaml
    data:
      $if: properties.vip         # wrong: what is plan to the condition?
      $then: $.properties
      plan: $.traits.plan
    ```

    ```yaml
    data:
      $merge:
        - $if: properties.vip
          $then: $.properties
        - plan: $.traits.plan
    ```
    """,
)
MISSING_KEY = error(
    "E122",
    "missing-special-key",
    """A form of the language lacks a key, or a key lacks its form.

    `$each` needs `$map`; `$if` needs `$then` or `$else`; `$map` and `$as` belong to
    `$each`, `$then` and `$else` to `$if`.

    ```yaml
    items:
      $each: $.properties.products      # wrong: what of each?
    ```

    ```yaml
    items:
      $each: $.properties.products
      $map: $.sku
    ```
    """,
)
WRONG_VALUE = error(
    "E123",
    "wrong-special-value",
    """A key of the language is followed by something that it does not take.

    `$first` and `$merge` take a list with something in it, `$each` a list or a value that
    gives one, `$as` a name of letters, digits, `_` and `-`.

    ```yaml
    email:
      $first: $.traits.email            # wrong
    ```

    ```yaml
    email:
      $first:
        - $.traits.email
        - $.context.traits.email
    ```
    """,
)
