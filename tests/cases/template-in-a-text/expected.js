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
      greeting: "Hi " + textOf(event.context?.traits?.firstName ?? "there"),
      title:
        "Order #" +
        textOf(properties?.order_id) +
        ": " +
        textOf(fixedTo(properties?.total, 2)) +
        " EUR",
      braces: "{{ is no hole",
      raw: textOf(properties?.lines),
    },
  };
  await triggerWorkflow(call, route, fields);
}
