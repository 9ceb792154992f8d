// Recipients in Courier's own form, each once; an id alone is a user's. A recipient that
// should be one person and has no address is dropped: its tenant or list would get the
// message.
function asTo(value) {
  const found = new Map();
  for (const item of Array.isArray(value) ? value : [value]) {
    const recipient = asRecipient(item);
    if (recipient === undefined) continue;
    const { user_id, tenant_id, context } = recipient;
    const key = JSON.stringify(
      isEmpty(user_id) ? recipient : [user_id, tenant_id, context],
    );
    if (!found.has(key)) found.set(key, recipient);
  }
  const recipients = [...found.values()];
  return recipients.length > 1 ? recipients : recipients[0];
}
