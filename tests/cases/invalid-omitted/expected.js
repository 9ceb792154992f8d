const IDENTIFY = Object.freeze([identifySubscriber]);

// identify/subscriber
async function identifySubscriber(event, settings, call) {
  const traits = event.traits;
  const fields = {
    subscriberId: required(
      asId(event.userId),
      "subscriber.subscriberId is missing: $.userId",
    ),
    email: asEmail(traits?.email),
    phone: asPhone(traits?.phone),
    avatar: asText(traits?.avatar),
    locale: asLocale(traits?.locale),
    timezone: asTimezone(traits?.timezone),
  };
  await saveSubscriber(call, fields);
}
