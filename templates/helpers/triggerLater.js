// A trigger of a batch waits until all are known that could go with it; `size` is its
// bytes. A body that cannot be written fails here, where it takes no other along.
function triggerLater(call, body, route) {
  const { batch } = call;
  const { triggers } = batch;
  const size = lengthOf(JSON.stringify(body));
  return new Promise((resolve, reject) => {
    triggers.push({ call, body, route, size, resolve, reject });
    if (triggers.length === 1) {
      batch.opened.then(() => triggerWaiting(triggers.splice(0)));
    }
  });
}
