// A user, somebody without a profile, or an object. An id alone becomes a map: SuprSend
// creates only whom it is told about in a map.
function asRecipient(value) {
  const told = isMap(value) ? value : { distinct_id: value };
  const recipient = {
    distinct_id: asId(told.distinct_id),
    is_transient: asBoolean(told.is_transient),
    object_type: asId(told.object_type),
    id: asId(told.id),
    skip_create: asBoolean(told.skip_create),
    properties: asObject(told.properties),
    preferred_language: asLanguage(told.preferred_language),
    locale: asLocale(told.locale),
    timezone: asTimezone(told.timezone),
    channels: asChannels(told.channels),
  };
  const { distinct_id, is_transient, object_type, id } = recipient;
  const isObject = object_type !== undefined && id !== undefined;
  const isTransient = is_transient === true && !isEmpty(recipient.channels);
  return distinct_id !== undefined || isObject || isTransient
    ? recipient
    : undefined;
}
