// A user or an object. An id alone becomes a map: Knock creates only whom it is told
// about in a map.
function asRecipient(value) {
  const told = isMap(value) ? value : { id: value };
  const id = asId(told.id);
  if (id === undefined) return undefined;
  return {
    ...customProperties(told.properties),
    id,
    collection: asId(told.collection),
    name: orNull(told.name, asText),
    email: orNull(told.email, asEmail),
    phone_number: orNull(told.phone_number, asPhoneNumber),
    avatar: orNull(told.avatar, asText),
    locale: orNull(told.locale, asLocale),
    timezone: orNull(told.timezone, asTimezone),
    created_at: orNull(told.created_at, asText),
    channel_data: asChannelData(told.channel_data),
    preferences: asObject(told.preferences),
  };
}
