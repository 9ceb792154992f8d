// Sends one request. What the mapping calls a success is one whatever the body says; what
// it wants retried is tried again; anything else means what the table of statuses says.
async function sendRequest(call, route, fields) {
  const { method, url, query, success = ["200-299"], retry = [] } = fields;
  const key = dedupeKey(call, route, []);
  const content = bodyWith(fields, key);
  const body = content === undefined ? undefined : JSON.stringify(content);
  const headers = {
    ...(body === undefined ? {} : { "content-type": "application/json" }),
    ...headersOf(call, fields, key),
    ...authorized(fields, body ?? ""),
  };
  const request = { method, path: url + queryText(url, query), headers };
  const response = await inTurn(call.batch, () =>
    fetchOnce(call, request, body),
  );
  const status = response ? response.status : undefined;
  if (isStatus(status, success)) return;
  if (isStatus(status, retry)) {
    throw failure("RetryError", `${call.provider} answered ${status}`);
  }
  throw failureOf(call, status);
}
