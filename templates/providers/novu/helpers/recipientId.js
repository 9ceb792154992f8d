// What a recipient is told apart by.
function recipientId(recipient) {
  if (typeof recipient === "string") return recipient;
  return recipient.type === "Topic"
    ? { topic: recipient.topicKey }
    : recipient.subscriberId;
}
