// Cancels what still waits in a delay or digest; Novu answers also where nothing does.
async function cancelTrigger(call, transactionId) {
  const path = "/v1/events/trigger/" + pathPart(transactionId);
  await askNovu(call, { method: "DELETE", path }, "the cancellation");
}
