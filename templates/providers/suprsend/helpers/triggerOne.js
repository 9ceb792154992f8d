// One trigger, one request.
async function triggerOne(call, body) {
  await send(call, { method: "POST", path: "/trigger/", body });
}
