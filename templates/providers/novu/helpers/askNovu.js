// Sends one request and returns the answer: a 2xx, or a status in `accepted`. What Novu
// has against any other stands in its body. A 404 of its router is never an answer.
async function askNovu(call, request, what) {
  const accepted = request.accepted ?? [];
  const read = [400, 404, 422];
  const response = await send(call, {
    ...request,
    accepted: [...accepted, ...read],
  });
  const { status } = response;
  const good = status <= 299 || accepted.includes(status);
  if (good && status !== 404) return response;
  const body = await readJson(call, response);
  if (good && !isNoAddress(body)) return response;
  throw refusal(call, status, body, what);
}
