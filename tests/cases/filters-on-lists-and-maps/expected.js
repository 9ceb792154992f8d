const TRACK = Object.freeze({
  "Order Completed": Object.freeze([trackOrderCompletedReceipt]),
});

// track/Order Completed/workflow/receipt
async function trackOrderCompletedReceipt(event, settings, call) {
  const properties = event.properties;
  const route = "track/Order Completed/workflow/receipt";
  const fields = {
    name: "receipt",
    to: required(
      asRecipients(event.userId),
      "workflow.to is missing: $.userId",
    ),
    payload: present({
      count: lengthOf(properties?.products),
      last: lastItem(properties?.products),
      tags: joinedBy(properties?.tags, ", "),
      picked: picked(properties?.parcel, "city", "zip"),
      without: omitted(properties?.parcel, "street"),
      compact: nonempty(compacted(properties?.parcel)),
      json: jsonOf(properties?.tags),
    }),
  };
  await triggerWorkflow(call, route, fields);
}
