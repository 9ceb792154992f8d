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
      total: fixedTo(numberOf(properties?.total), 2),
      paid: boolOf(properties?.paid),
      seconds: timestampOf(event.timestamp),
      iso: dateOf(own(properties, "at"), "iso"),
      day: dateOf(event.timestamp, "day"),
      text: stringOf(properties?.total),
    }),
  };
  await triggerWorkflow(call, route, fields);
}
