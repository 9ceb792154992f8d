const DELETE = Object.freeze([deleteDeleteSubscriberUserId]);

// delete/delete-subscriber/$.userId
async function deleteDeleteSubscriberUserId(event, settings, call) {
  const fields = {
    subscriberId: required(
      asId(event.userId),
      "delete-subscriber.subscriberId is missing: $.userId",
    ),
  };
  await send(call, {
    method: "DELETE",
    path: "/v2/subscribers/" + pathPart(fields.subscriberId),
    accepted: [404],
  });
}
