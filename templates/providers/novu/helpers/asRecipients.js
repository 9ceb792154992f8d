// The recipients that can be notified, each once: those without an id are dropped.
function asRecipients(value) {
  const found = new Map();
  for (const item of Array.isArray(value) ? value : [value]) {
    const recipient = asRecipient(item);
    if (recipient === undefined) continue;
    const key = JSON.stringify(recipientId(recipient));
    if (!found.has(key)) found.set(key, recipient);
  }
  return found.size === 0 ? undefined : [...found.values()];
}
