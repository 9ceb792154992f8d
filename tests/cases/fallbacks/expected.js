const IDENTIFY = Object.freeze([identifySubscriber]);

// identify/subscriber
async function identifySubscriber(event, settings, call) {
  const traits = event.traits;
  const fields = {
    subscriberId: required(
      asId(event.userId),
      "subscriber.subscriberId is missing: $.userId",
    ),
    firstName: asText(traits?.firstName ?? traits?.first_name ?? "friend"),
    lastName: asText(traits?.lastName ?? lastItem(splitBy(traits?.name, " "))),
    email: asEmail(traits?.email ?? event.context?.traits?.email),
  };
  await saveSubscriber(call, fields);
}
