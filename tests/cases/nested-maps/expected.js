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
    payload: {
      order: present({
        id: event.properties?.order_id,
        shipping: present({
          city: event.properties?.city,
        }),
      }),
      kept: {},
    },
  };
  await triggerWorkflow(call, route, fields);
}
