const IDENTIFY = Object.freeze([identifySubscriber]);

// identify/subscriber
async function identifySubscriber(event, settings, call) {
  const fields = {
    subscriberId: required(
      orNull(event.userId, asId),
      "subscriber.subscriberId is missing: $.userId",
    ),
    firstName: orNull(event.traits?.firstName, asText),
    data: withoutMissing({
      plan: event.traits?.plan,
    }),
  };
  await saveSubscriber(call, fields);
}
