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
      shipments: each(event.properties?.shipments, (shipment) =>
        each(shipment?.lines, (item) =>
          present({
            carrier: shipment?.carrier,
            sku: item?.sku,
          }),
        ),
      ),
    }),
  };
  await triggerWorkflow(call, route, fields);
}
