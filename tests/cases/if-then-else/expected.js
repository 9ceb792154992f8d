const IDENTIFY = Object.freeze([identifySubscriber]);

// identify/subscriber
async function identifySubscriber(event, settings, call) {
  const traits = event.traits;
  const fields = {
    subscriberId: required(
      asId(event.userId),
      "subscriber.subscriberId is missing: $.userId",
    ),
    firstName:
      traits?.anonymous === true ? undefined : asText(traits?.firstName),
    data: {
      tier: isAtLeast(traits?.orders, 10) ? "gold" : false,
    },
  };
  await saveSubscriber(call, fields);
}
