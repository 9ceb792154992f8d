// Delivers one event of a batch: the status that Segment acts on.
async function statusOf(event, settings, session) {
  try {
    const type = batchType(event);
    if (type === null) {
      throw failure(
        "EventNotSupported",
        "the mapping has no section for this type",
      );
    }
    await DELIVERIES[type](event, settings, session);
    return { status: 200 };
  } catch (error) {
    const { name, message } = asFailure(error);
    const status = name === "RetryError" ? 500 : 400;
    return { status, errormessage: `${name}: ${message}` };
  }
}
