// One trigger, one request.
async function triggerOne(call, body) {
  const request = {
    method: "POST",
    path: "/v1/events/trigger",
    body,
    accepted: [400],
  };
  await checkTriggered(call, await send(call, request));
}
