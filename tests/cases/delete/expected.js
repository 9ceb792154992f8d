const DELETE = Object.freeze([deleteDeleteSubscriberUserId]);

// delete/delete-subscriber/$.userId
async function deleteDeleteSubscriberUserId(event, settings, call) {
  const fields = {
    subscriberId: required(
      asId(event.userId),
      "delete-subscriber.subscriberId is missing: $.userId",
    ),
  };
  await removeSubscriber(call, fields.subscriberId);
}
