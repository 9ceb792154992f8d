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
      items: each(event.properties?.products, (item) => ({
        sku: item?.sku,
        quantity: item?.quantity ?? 1,
        currency: event.properties?.currency,
        label: textOf(item?.name) + " (" + textOf(item?.sku) + ")",
      })),
    }),
  };
  await triggerWorkflow(call, route, fields);
}
