const IDENTIFY = Object.freeze([identifySubscriber]);

// identify/subscriber
async function identifySubscriber(event, settings, call) {
  const traits = event.traits;
  const fields = {
    subscriberId: required(
      asId(event.userId),
      "subscriber.subscriberId is missing: $.userId",
    ),
    firstName: asText(titlecase(firstItem(splitBy(traits?.name, " ")))),
    email: asEmail(lowercase(trimmed(traits?.email))),
    phone: asPhone(e164(replaced(traits?.phone, " ", ""))),
    data: withoutMissing({
      hash: sha256(traits?.email),
      slug: kebabcase(traits?.name),
      short: truncated(traits?.bio, 10),
      plan: withoutNulls(traits?.plan) ?? "free",
    }),
  };
  await saveSubscriber(call, fields);
}
