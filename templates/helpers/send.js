// Sends one request. Answers with a 2xx or a status in `accepted` are returned; any
// other is thrown as the failure that it means. A redirect is not followed: node-fetch
// 2.6.0 would carry the key to the other host.
async function send(call, request) {
  const body = request.body === undefined ? undefined : JSON.stringify(request.body);
  const rest = call.deadline - Date.now();
  if (rest <= 0) throw failure("RetryError", "no time was left for " + call.provider);
  let response;
  try {
    response = await inTime(
      fetch(call.baseUrl + request.path, {
        method: request.method,
        headers: { ...call.headers, ...request.headers },
        body,
        redirect: "manual",
        timeout: rest,
      }),
      rest,
    );
  } catch {
    throw failure("RetryError", call.provider + " could not be reached in time");
  }
  const status = response ? response.status : undefined;
  const accepted = request.accepted ?? [];
  if ((status >= 200 && status <= 299) || accepted.includes(status)) return response;
  throw failureOf(call, status);
}
