const TRACK = Object.freeze({
  "Order Completed": Object.freeze([
    Object.freeze([
      trackOrderCompletedVipOrder,
      trackOrderCompletedOrderReceipt,
    ]),
  ]),
});

// track/Order Completed/workflow/vip-order
async function trackOrderCompletedVipOrder(event, settings, call) {
  if (!isAtLeast(event.properties?.total, 100)) return false;
  const route = "track/Order Completed/workflow/vip-order";
  const fields = {
    name: "vip-order",
    to: required(
      asRecipients(event.userId),
      "workflow.to is missing: $.userId",
    ),
    payload: asObject(event.properties),
  };
  await triggerWorkflow(call, route, fields);
}

// track/Order Completed/workflow/order-receipt
async function trackOrderCompletedOrderReceipt(event, settings, call) {
  const route = "track/Order Completed/workflow/order-receipt";
  const fields = {
    name: "order-receipt",
    to: required(
      asRecipients(event.userId),
      "workflow.to is missing: $.userId",
    ),
    payload: asObject(event.properties),
  };
  await triggerWorkflow(call, route, fields);
}
