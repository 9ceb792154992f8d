// What became of one trigger of a bulk call. `error` may be a fault of Novu's own: only
// what is known to be final is given up.
function bulkFailure(result, route) {
  const status = isMap(result) ? result.status : undefined;
  if (status !== "error") return triggerFailure(status, route);
  const text = JSON.stringify(result.error ?? "");
  if (/not unique/i.test(text)) return undefined;
  const final = (reason) => failure("InvalidEventPayload", "Novu " + reason);
  if (text.includes("workflow_not_found"))
    return final("refused one: it does not know the workflow of " + route);
  if (/validation/i.test(text))
    return final(`did not trigger ${route}: its schema refuses the payload`);
  return failure("RetryError", "Novu could not process the trigger");
}
