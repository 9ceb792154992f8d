async function onTrack(event, settings) {
  const seen = new Set([event.event]);
  const known = seen.intersection(new Set(["Signed Up"]));
//              ^^^^^^^^^^^^^^^^^ F172 newer-built-in: Segment runs Node.js 20
// right:  const known = new Set([...seen].filter((name) => name === "Signed Up"));
  if (known.size === 0) throw new EventNotSupported("not mapped");
}
