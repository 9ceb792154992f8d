// Sends one message to all its recipients.
async function sendMessage(call, route, message) {
  await send(call, {
    method: "POST",
    path: "/send",
    headers: keyHeader(call, route),
    body: { message },
  });
}
