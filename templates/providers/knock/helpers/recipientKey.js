// What a recipient is told apart by, as a text.
function recipientKey({ id, collection }) {
  return JSON.stringify([id, collection]);
}
