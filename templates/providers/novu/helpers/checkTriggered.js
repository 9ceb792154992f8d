// Novu answers 201 also where it will send nothing, and says so in `status`; a body that
// cannot be read does not undo the success. Old servers answer 400 to a transactionId
// that they have seen: that trigger was accepted before.
async function checkTriggered(call, response) {
  const body = await readJson(call, response);
  if (response.status === 400) {
    if (/transactionId.*not unique/.test(JSON.stringify(body ?? ""))) return;
    throw failureOf(call, 400);
  }
  const answer = isMap(body) && isMap(body.data) ? body.data : body;
  const failed = triggerFailure(isMap(answer) ? answer.status : undefined);
  if (failed !== undefined) throw failed;
}
