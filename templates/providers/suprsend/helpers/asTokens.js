// One push token or several.
function asTokens(value) {
  return severalOf(value, asId);
}
