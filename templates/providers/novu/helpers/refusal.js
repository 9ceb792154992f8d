// Why Novu refused a request: an unknown workflow, or fields by name; never a value.
function refusal(call, status, body, route) {
  const { name, message } = failureOf(call, status);
  const errors = isMap(body) ? body.errors : undefined;
  if (JSON.stringify(body ?? "").includes("workflow_not_found")) {
    return failure(
      name,
      `${message}: it does not know the workflow of ${route}`,
    );
  }
  const told = Array.isArray(errors)
    ? errors.map((error) => (isMap(error) ? error.field : undefined))
    : Object.keys(isMap(errors) ? errors : {});
  const plain = (field) =>
    typeof field === "string" && /^[\w./[\]-]{1,60}$/.test(field);
  const fields = told
    .filter((field) => field !== "general" && plain(field))
    .slice(0, 5);
  if (fields.length === 0) return failure(name, `${message} to ${route}`);
  return failure(name, `${message} to ${route}: see ${fields.join(", ")}`);
}
