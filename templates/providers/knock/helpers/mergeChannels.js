// The channels of two changes as one: the later wins, but no push token is lost.
function mergeChannels(earlier, later) {
  const both = merged(earlier, later);
  if (!OPTIONS.merge_tokens) return both;
  for (const channel of Object.keys(later)) {
    const known = tokensOf(own(earlier, channel)) ?? [];
    put(both, channel, withTokens(later[channel], known));
  }
  return both;
}
