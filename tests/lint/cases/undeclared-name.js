async function onTrack(event, settings) {
  if (event.event === "Order Completed") {
    const total = event.properties?.total ?? fallback;
    if (total > limit) throw new EventNotSupported("too large");
//              ^^^^^ F171 undeclared-name: `limit` is declared nowhere
// right:    if (total > 100) throw new EventNotSupported("too large");
  }
}

const fallback = 0;
