// Whether the event is older than that many milliseconds. One without a time is not.
function isOlderThan(event, milliseconds) {
  const time = Date.parse(event.timestamp ?? event.receivedAt);
  return Date.now() - time > milliseconds;
}
