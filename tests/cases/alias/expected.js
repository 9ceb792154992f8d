const ALIAS = Object.freeze([aliasSubscriberUserId]);

// alias/subscriber/$.userId
async function aliasSubscriberUserId(event, settings, call) {
  const fields = {
    subscriberId: required(
      asId(event.userId),
      "subscriber.subscriberId is missing: $.userId",
    ),
    data: withoutMissing({
      formerId: withoutNulls(event.previousId),
    }),
  };
  await saveSubscriber(call, fields);
}
