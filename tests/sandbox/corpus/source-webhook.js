// A source function: what comes in by webhook becomes calls and objects.
async function onRequest(request, settings) {
  const body = request.json();
  const kind = request.headers.get("X-Kind") || body.type;
  console.log(request.url.hostname, kind, request.text().length, request.headers.get("none"));
  if (kind === "identify") {
    return Segment.identify({ userId: body.userId, traits: body.traits, context: body.context });
  }
  if (kind === "group") Segment.group({ groupId: body.groupId, userId: body.userId });
  if (kind === "alias") Segment.alias({ previousId: body.previousId, userId: body.userId });
  if (kind === "page") Segment.page({ name: body.name, anonymousId: body.anonymousId });
  if (kind === "screen") Segment.screen({ name: body.name, anonymousId: body.anonymousId });
  if (kind === "track") {
    const response = await fetch(`https://api.example.com/lookup/${body.userId}`);
    const event = Segment.track({
      event: body.event,
      properties: { ...body.properties, status: response.status },
      userId: body.userId,
      anonymousId: body.anonymousId,
      timestamp: body.timestamp,
    });
    event.properties.late = true;
    Segment.set({ collection: "orders", id: body.messageId, properties: { at: body.timestamp } });
  }
  if (kind === "delete") Segment.set({ collection: "deleted", id: "" });
}
