// Novu answers 201 also where it will send nothing, and says so in `status`; a body that
// cannot be read does not undo the success. Old servers answer 400 to a transactionId
// that they have seen: that trigger was accepted before. 409 is a key in use right now.
async function checkTriggered(call, response, route) {
  const body = await readJson(call, response);
  if (response.status === 409)
    throw failure("RetryError", "Novu is still at it");
  if (response.status >= 400) {
    const text = JSON.stringify(body ?? "");
    if (/transactionId.*not unique/.test(text)) return;
    throw refusal(call, response.status, body, route);
  }
  const answer = isMap(body) && isMap(body.data) ? body.data : body;
  const failed = triggerFailure(
    isMap(answer) ? answer.status : undefined,
    route,
  );
  if (failed !== undefined) throw failed;
}
