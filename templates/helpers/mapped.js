// The routes of an event that has some, or an empty list that ignores it on purpose.
function mapped(steps) {
  if (steps === undefined) {
    throw failure(
      "EventNotSupported",
      "the mapping has no route for this event",
    );
  }
  return steps;
}
