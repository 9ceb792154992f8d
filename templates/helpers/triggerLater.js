// A trigger of a batch waits until all are known that could go with it.
function triggerLater(call, body, route) {
  const { batch } = call;
  return new Promise((resolve, reject) => {
    const { triggers } = batch;
    triggers.push({ call, body, route, resolve, reject });
    if (triggers.length === 1) {
      batch.opened.then(() => triggerWaiting(triggers.splice(0)));
    }
  });
}
