const IDENTIFY = Object.freeze([identifySubscriberUserId]);

// identify/subscriber/$.userId
async function identifySubscriberUserId(event, settings, call) {
  const traits = event.traits;
  const fields = {
    subscriberId: required(
      asId(event.userId),
      "subscriber.subscriberId is missing: $.userId",
    ),
    firstName: asText(traits?.["first name"]),
    lastName: asText(traits?.["last.name"]),
    data: withoutMissing({
      plan: withoutNulls(traits?.plan),
      street: withoutNulls(own(traits?.addresses, 0)?.street),
      odd: withoutNulls(event["odd-field"]?.deep),
      país: withoutNulls(traits?.país),
    }),
  };
  await saveSubscriber(call, fields);
}
