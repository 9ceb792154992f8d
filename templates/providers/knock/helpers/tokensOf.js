// The push tokens in the data of a channel; undefined for a channel without tokens.
function tokensOf(data) {
  return isMap(data) ? asList(data.tokens, asId) : undefined;
}
