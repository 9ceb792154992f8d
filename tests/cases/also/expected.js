const TRACK = Object.freeze({
  "Order Paid": Object.freeze([trackOrderPaidOrderNews]),
  "Order Shipped": Object.freeze([
    trackOrderPaidOrderNews,
    trackOrderShippedShipped,
  ]),
  "Order Delivered": Object.freeze([trackOrderPaidOrderNews]),
});

// track/Order Paid/workflow/order-news
async function trackOrderPaidOrderNews(event, settings, call) {
  const route = "track/Order Paid/workflow/order-news";
  const fields = {
    name: "order-news",
    to: required(
      asRecipients(event.userId),
      "workflow.to is missing: $.userId",
    ),
    payload: asObject(event.properties),
  };
  await triggerWorkflow(call, route, fields);
}

// track/Order Shipped/workflow/shipped
async function trackOrderShippedShipped(event, settings, call) {
  const route = "track/Order Shipped/workflow/shipped";
  const fields = {
    name: "shipped",
    to: required(
      asRecipients(event.userId),
      "workflow.to is missing: $.userId",
    ),
    payload: asObject(event.properties),
  };
  await triggerWorkflow(call, route, fields);
}
