// Novu answers 201 also where it has subscribed only some, and counts the others.
async function checkSubscribed(call, response) {
  const body = await readJson(call, response);
  const failed = isMap(body) && isMap(body.meta) ? body.meta.failed : 0;
  if (Number.isInteger(failed) && failed > 0) {
    const names = namesIn(body.errors);
    throw failure(
      "InvalidEventPayload",
      `Novu did not subscribe ${failed} of the users${names && ": "}${names}`,
    );
  }
}
