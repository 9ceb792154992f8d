// The recipients that can be notified, each once: those without an id are dropped.
function asRecipients(value) {
  const found = new Map();
  for (const recipient of severalOf(value, asRecipient) ?? []) {
    const key = recipientKey(recipient);
    if (!found.has(key)) found.set(key, recipient);
  }
  return found.size === 0 ? undefined : [...found.values()];
}
