// Segment's error for a failure.
function segmentError(error) {
  const { name, message } = asFailure(error);
  switch (name) {
    case "RetryError":
      return new RetryError(message);
    case "ValidationError":
      return new ValidationError(message);
    case "EventNotSupported":
      return new EventNotSupported(message);
    default:
      return new InvalidEventPayload(message);
  }
}
