// The failure that a status of Novu's trigger endpoint means; undefined for none.
function triggerFailure(status, route) {
  if (typeof status !== "string" || status === "processed") return undefined;
  const reason = own(NOT_TRIGGERED, status) ?? "an unknown status";
  return failure(
    "InvalidEventPayload",
    `Novu did not trigger ${route}: ${reason}`,
  );
}
