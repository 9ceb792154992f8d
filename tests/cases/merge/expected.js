const TRACK = Object.freeze({
  "Order Completed": Object.freeze([trackOrderCompletedReceipt]),
});

// track/Order Completed/workflow/receipt
async function trackOrderCompletedReceipt(event, settings, call) {
  const route = "track/Order Completed/workflow/receipt";
  const fields = {
    name: "receipt",
    to: required(
      asRecipients(event.userId),
      "workflow.to is missing: $.userId",
    ),
    payload: asObject(
      merged(
        event.properties,
        {
          source: "segment",
        },
        event.properties?.overrides,
      ),
    ),
  };
  await triggerWorkflow(call, route, fields);
}
