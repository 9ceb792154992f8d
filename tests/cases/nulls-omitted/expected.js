const IDENTIFY = Object.freeze([identifySubscriber]);

// identify/subscriber
async function identifySubscriber(event, settings, call) {
  const fields = {
    subscriberId: required(
      asId(event.userId),
      "subscriber.subscriberId is missing: $.userId",
    ),
    firstName: asText(event.traits?.firstName),
    lastName: null,
    data: withoutMissing({
      plan: withoutNulls(event.traits?.plan),
      fixed: null,
    }),
  };
  await saveSubscriber(call, fields);
}
