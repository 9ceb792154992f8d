// The custom data in the answer to a read. Without it nothing can be merged, and
// nothing has been changed yet: the event is safe to try again.
async function customDataOf(call, response) {
  const body = await readJson(call, response);
  const subscriber = isMap(body) && isMap(body.data) ? body.data : undefined;
  if (subscriber === undefined) {
    throw failure(
      "RetryError",
      "Novu's answer about the subscriber is unreadable",
    );
  }
  return isMap(subscriber.data) ? subscriber.data : {};
}
