// What became of one trigger of a bulk call. `error` may be a fault of Novu's own: only
// what is known to be final is given up.
function bulkFailure(result) {
  const status = isMap(result) ? result.status : undefined;
  if (status !== "error") return triggerFailure(status);
  const text = JSON.stringify(result.error ?? "");
  if (/not unique/i.test(text)) return undefined;
  if (/workflow_not_found|validation/i.test(text))
    return triggerFailure(status);
  return failure("RetryError", "Novu could not process the trigger");
}
