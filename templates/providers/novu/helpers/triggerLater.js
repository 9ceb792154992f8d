// A trigger of a batch waits until all are known that could go with it.
function triggerLater(call, body, route) {
  const { batch } = call;
  const { triggers } = batch;
  const small = JSON.stringify(body).length < 1e5;
  return new Promise((resolve, reject) => {
    triggers.push({ call, body, route, small, resolve, reject });
    if (triggers.length === 1) {
      batch.opened.then(() => triggerWaiting(triggers.splice(0)));
    }
  });
}
