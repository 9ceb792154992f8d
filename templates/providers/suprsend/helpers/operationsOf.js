// A change of a user as SuprSend's operations. Addresses are appended, so that none is
// lost; each is an operation of its own, because two push tokens need two. A null
// removes a property. The order of keys in a mapping makes no other change of it.
function operationsOf(call, fields) {
  const given = {
    ...plainProperties(fields.properties),
    $preferred_language: fields.preferred_language,
    $locale: fields.locale,
    $timezone: fields.timezone,
  };
  const set = {};
  const unset = [...(fields.unset ?? [])];
  for (const name of Object.keys(given).sort()) {
    if (given[name] === null) unset.push(name);
    else if (given[name] !== undefined) put(set, name, given[name]);
  }
  const once = plainProperties(fields.set_once);
  const change = (operator) => (address) => ({
    [operator]: {
      [address.key]: address.value,
      $id_provider: address.provider,
    },
  });
  return [
    ...(isEmpty(set) ? [] : [{ $set: set }]),
    ...(isEmpty(once) ? [] : [{ $set_once: once }]),
    ...(isEmpty(unset) ? [] : [{ $unset: unset }]),
    ...addressesOf(call, fields.remove_channels).map(change("$remove")),
    ...addressesOf(call, fields.channels).map(change("$append")),
  ];
}
