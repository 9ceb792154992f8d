// The same key for the same event, route and part of it, on every retry; another for
// any other. Without a messageId the event itself stands in.
function dedupeKey(call, route, part) {
  const { messageId } = call.event;
  const event =
    typeof messageId === "string" && messageId !== "" ? messageId : call.event;
  const text = JSON.stringify([event, route, part]);
  return (
    "segfn-" +
    crypto.createHash("sha256").update(text).digest("hex").slice(0, 40)
  );
}
