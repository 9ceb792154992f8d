// A map whose known members are made to fit; unknown ones stay only if it is open.
function asMembers(value, fits, open = false) {
  if (!isMap(value)) return undefined;
  const kept = {};
  for (const key of Object.keys(value)) {
    const fit = own(fits, key);
    const member =
      fit === undefined ? (open ? value[key] : undefined) : fit(value[key]);
    if (member !== undefined) put(kept, key, member);
  }
  return kept;
}
