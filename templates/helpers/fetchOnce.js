// The answer to one request before the deadline. A redirect is not followed: node-fetch
// 2.6.0 would carry the key to the other host.
async function fetchOnce(call, request, body) {
  const rest = call.deadline - Date.now();
  if (rest <= 0)
    throw failure("RetryError", "no time was left for " + call.provider);
  try {
    const answer = fetch(call.baseUrl + request.path, {
      method: request.method,
      headers: { ...call.headers, ...request.headers },
      body,
      redirect: "manual",
      timeout: rest,
    });
    return await inTime(answer, rest);
  } catch {
    throw failure(
      "RetryError",
      call.provider + " could not be reached in time",
    );
  }
}
