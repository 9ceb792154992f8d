// Who joins or leaves a topic: an id, or one of several subscriptions of a subscriber, told
// apart by an identifier of their own.
function asSubscription(value) {
  if (!isMap(value)) return asId(value);
  const subscriberId = asId(value.subscriberId);
  const identifier = asId(value.identifier);
  if (subscriberId === undefined) return undefined;
  if (identifier === undefined) return subscriberId;
  return { identifier, subscriberId, name: asText(value.name) };
}
