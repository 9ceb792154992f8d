// The list in pieces of at most that size.
function chunksOf(list, size) {
  const chunks = [];
  for (let start = 0; start < list.length; start += size) {
    chunks.push(list.slice(start, start + size));
  }
  return chunks;
}
