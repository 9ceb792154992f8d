const IDENTIFY = Object.freeze([identifySubscriber]);

// identify/subscriber
async function identifySubscriber(event, settings, call) {
  const traits = event.traits;
  if (!(
    contains(lowercase(traits?.email), "@example.com") &&
    lengthOf(traits?.roles ?? "") > 1
  ))
    return false;
  const fields = {
    subscriberId: required(
      asId(event.userId),
      "subscriber.subscriberId is missing: $.userId",
    ),
    email: asEmail(traits?.email),
  };
  await saveSubscriber(call, fields);
}
