// A subscriber's id, an inline subscriber, or a topic. Novu checks an inline subscriber
// only after it has answered 201 and then drops the notification in silence, so what
// does not fit is left out here.
function asRecipient(value) {
  if (!isMap(value)) return asId(value);
  if (value.type === "Topic") {
    const topicKey = asId(value.topicKey);
    const exclude = asList(value.exclude, asId);
    return topicKey === undefined
      ? undefined
      : { type: "Topic", topicKey, exclude };
  }
  const subscriberId = asId(value.subscriberId);
  if (subscriberId === undefined) return undefined;
  return {
    subscriberId,
    firstName: orNull(value.firstName, asText),
    lastName: orNull(value.lastName, asText),
    email: orNull(value.email, asEmail),
    phone: orNull(value.phone, asPhone),
    avatar: orNull(value.avatar, asText),
    locale: orNull(value.locale, asLocale),
    timezone: orNull(value.timezone, asTimezone),
    data: orNull(value.data, asObject),
    channels: nonempty(asList(value.channels, asChannel)),
  };
}
