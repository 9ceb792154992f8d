const TRACK = Object.freeze({
  "Order Completed": Object.freeze([trackOrderCompletedReceipt]),
});

// track/Order Completed/workflow/receipt
async function trackOrderCompletedReceipt(event, settings, call) {
  const properties = event.properties;
  if (!(
    ["pro", "enterprise", null].includes(properties?.plan ?? null) &&
    isIn("gold", properties?.tags)
  ))
    return false;
  const route = "track/Order Completed/workflow/receipt";
  const fields = {
    name: "receipt",
    to: required(
      asRecipients(event.userId),
      "workflow.to is missing: $.userId",
    ),
    payload: asObject(properties),
  };
  await triggerWorkflow(call, route, fields);
}
