// A null as it is, anything else made to fit.
function orNull(value, fit) {
  return value === null ? null : fit(value);
}
