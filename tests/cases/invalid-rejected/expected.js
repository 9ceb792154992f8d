const IDENTIFY = Object.freeze([identifySubscriber]);

// identify/subscriber
async function identifySubscriber(event, settings, call) {
  const traits = event.traits;
  const fields = {
    subscriberId: required(
      strictly(asId, event.userId, "subscriber.subscriberId is not an id"),
      "subscriber.subscriberId is missing: $.userId",
    ),
    email: strictly(
      asEmail,
      traits?.email,
      "subscriber.email is not an e-mail address",
    ),
    phone: strictly(
      asPhone,
      traits?.phone ?? traits?.mobile,
      "subscriber.phone is not a phone number",
    ),
  };
  await saveSubscriber(call, fields);
}
