const OPTIONS = Object.freeze({
  nulls: "omit",
  merge_data: false,
  idempotency_key: false,
});

const IDENTIFY = Object.freeze([identifySubscriber]);

// identify/subscriber
async function identifySubscriber(event, settings, call) {
  const fields = {
    subscriberId: required(
      asId(event.userId),
      "subscriber.subscriberId is missing: $.userId",
    ),
    data: withoutMissing({
      plan: withoutNulls(event.traits?.plan),
    }),
  };
  await saveSubscriber(call, fields);
}
