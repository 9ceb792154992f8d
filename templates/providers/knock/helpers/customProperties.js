// The properties that are a customer's own, not those that have a meaning for Knock.
function customProperties(properties) {
  return omitted(properties ?? {}, ...RESERVED);
}
