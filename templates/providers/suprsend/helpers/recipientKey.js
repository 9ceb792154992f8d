// What a recipient is told apart by, as a text.
function recipientKey(recipient) {
  const { distinct_id, object_type, id, channels } = recipient;
  if (distinct_id !== undefined) return JSON.stringify([distinct_id]);
  if (id !== undefined) return JSON.stringify([object_type, id]);
  return JSON.stringify(ordered(channels));
}
