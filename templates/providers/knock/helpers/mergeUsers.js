// Two changes of one user as one: the later wins, field by field.
function mergeUsers(earlier, later) {
  const both = merged(earlier, later);
  const merges = { channel_data: mergeChannels, preferences: merged };
  for (const name of Object.keys(merges)) {
    if (isMap(earlier[name]) && isMap(later[name])) {
      both[name] = merges[name](earlier[name], later[name]);
    }
  }
  return both;
}
