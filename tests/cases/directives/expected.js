const IDENTIFY = Object.freeze([identifySubscriber]);

// identify/subscriber
async function identifySubscriber(event, settings, call) {
  const fields = {
    subscriberId: required(
      asId(event.userId),
      "subscriber.subscriberId is missing: $.userId",
    ),
    firstName: asText("Hi " + plainText(event.traits && event.traits.name)),
    lastName: asText((event.traits && event.traits.last) ?? "none"),
    email: asEmail(event.traits && event.traits.email),
    phone: asPhone(replacedText(event.traits && event.traits.phone, /-/g, "")),
  };
  await saveSubscriber(call, fields);
}
