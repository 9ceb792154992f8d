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
    payload: present({
      items: shapedItems(
        event.properties && event.properties.products,
        (item) => ({
          sku: item && item.sku,
        }),
      ),
      all: assigned(event.properties && event.properties.more, {
        source: "segment",
      }),
      text: JSON.stringify(event.properties && event.properties.more),
    }),
  };
  await triggerWorkflow(call, route, fields);
}
