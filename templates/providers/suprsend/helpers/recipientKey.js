// What a recipient is told apart by, as a text.
function recipientKey(recipient) {
  const { distinct_id, object_type, id, channels } = recipient;
  if (distinct_id !== undefined) return JSON.stringify([distinct_id]);
  return JSON.stringify(id === undefined ? channels : [object_type, id]);
}
