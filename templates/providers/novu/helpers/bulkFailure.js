// What became of one trigger of a bulk call. `error` may be a fault of Novu's own: only
// what is known to be final is given up.
function bulkFailure(result, route) {
  const status = isMap(result) ? result.status : undefined;
  if (status !== "error") return triggerFailure(status, route);
  const text = JSON.stringify(result.error ?? "");
  if (/not unique/i.test(text)) return undefined;
  if (/workflow_not_found|validation/i.test(text))
    return triggerFailure(status, route);
  return failure("RetryError", "Novu could not process the trigger");
}
