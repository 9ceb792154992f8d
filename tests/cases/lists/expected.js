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
    payload: {
      tags: presentItems([properties?.first, "fixed", properties?.second]),
      pairs: [presentItems([1, properties?.first])],
    },
  };
  await triggerWorkflow(call, route, fields);
}
