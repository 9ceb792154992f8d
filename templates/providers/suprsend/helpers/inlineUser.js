// A recipient in the form of a trigger: properties and channels in one map, at most ten
// addresses a channel.
function inlineUser(call, recipient) {
  const { properties, channels, skip_create, ...others } = recipient;
  const { preferred_language, locale, timezone, ...ids } = others;
  const inline = {
    ...plainProperties(properties),
    ...ids,
    $skip_create: skip_create,
    $preferred_language: preferred_language,
    $locale: locale,
    $timezone: timezone,
  };
  for (const { key, provider, value } of addressesOf(call, channels)) {
    const isToken = provider !== undefined && !isMap(value);
    inline[key] = inline[key] ?? [];
    if (inline[key].length === 10) continue;
    inline[key].push(isToken ? { token: value, provider } : value);
  }
  return inline;
}
