// Why Novu refused a request, in our own words or by the names of fields; never a value.
function refusal(call, status, body, what) {
  const { name, message } = failureOf(call, status);
  if (isNoAddress(body)) {
    return failure(
      "ValidationError",
      `${message}: check the setting ${call.address} (there is no such address)`,
    );
  }
  if (JSON.stringify(body ?? "").includes("workflow_not_found")) {
    return failure(
      name,
      `${message}: it does not know the workflow of ${what}`,
    );
  }
  const reason = reasonOf(body);
  const told = reason === undefined ? "" : `: ${reason}`;
  return failure(name, `${message} to ${what}${told}`);
}
