// Sends a hundred triggers at once. Where Novu refuses the whole call, one of them is to
// blame: each goes alone, so that the others arrive.
async function triggerBulk(triggers) {
  const [{ call }] = triggers;
  try {
    const response = await send(call, {
      method: "POST",
      path: "/v1/events/trigger/bulk",
      body: { events: triggers.map(({ body }) => body) },
    });
    const answer = await readJson(call, response);
    const results = isMap(answer) ? answer.data : answer;
    triggers.forEach((trigger, index) => {
      const result = Array.isArray(results) ? results[index] : undefined;
      const failed = bulkFailure(result, trigger.route);
      if (failed === undefined) trigger.resolve();
      else trigger.reject(failed);
    });
  } catch (error) {
    const { name } = asFailure(error);
    if (name === "InvalidEventPayload") triggers.forEach(triggerSingle);
    else triggers.forEach(({ reject }) => reject(error));
  }
}
