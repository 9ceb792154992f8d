// A value made to fit; one that is there and does not fit refuses the event.
function strictly(fit, value, message) {
  const fitting = fit(value);
  if (fitting === undefined && value !== undefined && value !== null) {
    throw failure("InvalidEventPayload", message);
  }
  return fitting;
}
