// Sends one request. Answers with a 2xx or a status in `accepted` are returned; any
// other is thrown as the failure that it means.
async function send(call, request) {
  const body =
    request.body === undefined ? undefined : JSON.stringify(request.body);
  const response = await inTurn(call.batch, () =>
    fetchOnce(call, request, body),
  );
  const status = response ? response.status : undefined;
  const accepted = request.accepted ?? [];
  if ((status >= 200 && status <= 299) || accepted.includes(status))
    return response;
  throw failureOf(call, status);
}
