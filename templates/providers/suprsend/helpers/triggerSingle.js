// Sends a trigger of a batch on its own.
function triggerSingle({ call, body, resolve, reject }) {
  triggerOne(call, body).then(resolve, reject);
}
