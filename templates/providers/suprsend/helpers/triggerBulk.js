// Sends up to a hundred triggers at once; the answer has a status for each. Where SuprSend
// refuses the whole call, one of them is to blame: each goes alone, so that the others
// arrive.
async function triggerBulk(triggers) {
  const [{ call }] = triggers;
  try {
    const response = await send(call, {
      method: "POST",
      path: "/trigger/",
      body: triggers.map(({ body }) => body),
    });
    const answer = await readJson(call, response);
    const records = isMap(answer) ? answer.records : undefined;
    triggers.forEach((trigger, index) => {
      const record = Array.isArray(records) ? records[index] : undefined;
      const failed = isMap(record) && record.status === "error";
      if (failed) trigger.reject(failureOf(call, record.status_code));
      else trigger.resolve();
    });
  } catch (error) {
    const { name } = asFailure(error);
    if (name === "InvalidEventPayload") triggers.forEach(triggerSingle);
    else triggers.forEach(({ reject }) => reject(error));
  }
}
