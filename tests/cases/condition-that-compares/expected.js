const TRACK = Object.freeze({
  "Order Completed": Object.freeze([trackOrderCompletedVipOrder]),
});

// track/Order Completed/workflow/vip-order
async function trackOrderCompletedVipOrder(event, settings, call) {
  const properties = event.properties;
  if (!(isAtLeast(properties?.total, 100) && properties?.plan !== "free"))
    return false;
  const route = "track/Order Completed/workflow/vip-order";
  const fields = {
    name: "vip-order",
    to: required(
      asRecipients(event.userId),
      "workflow.to is missing: $.userId",
    ),
    payload: asObject(properties),
  };
  await triggerWorkflow(call, route, fields);
}
