// Sends a trigger of a batch on its own.
function triggerSingle({ call, body, route, resolve, reject }) {
  triggerOne(call, body, route).then(resolve, reject);
}
