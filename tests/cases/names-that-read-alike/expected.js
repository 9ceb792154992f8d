const TRACK = Object.freeze({
  "order paid": Object.freeze([trackOrderPaidOrderPaid_0a18ad]),
  "Order Paid": Object.freeze([trackOrderPaidOrderPaid]),
  注文完了: Object.freeze([trackOrderPaid_68f758]),
});

// track/order paid/workflow/order-paid
async function trackOrderPaidOrderPaid_0a18ad(event, settings, call) {
  const route = "track/order paid/workflow/order-paid";
  const fields = {
    name: "order-paid",
    to: required(
      asRecipients(event.userId),
      "workflow.to is missing: $.userId",
    ),
    payload: {
      from: "an old library",
    },
  };
  await triggerWorkflow(call, route, fields);
}

// track/Order Paid/workflow/order-paid
async function trackOrderPaidOrderPaid(event, settings, call) {
  const route = "track/Order Paid/workflow/order-paid";
  const fields = {
    name: "order-paid",
    to: required(
      asRecipients(event.userId),
      "workflow.to is missing: $.userId",
    ),
    payload: asObject(event.properties),
  };
  await triggerWorkflow(call, route, fields);
}

// track/注文完了/workflow/order-paid
async function trackOrderPaid_68f758(event, settings, call) {
  const route = "track/注文完了/workflow/order-paid";
  const fields = {
    name: "order-paid",
    to: required(
      asRecipients(event.userId),
      "workflow.to is missing: $.userId",
    ),
    payload: asObject(event.properties),
  };
  await triggerWorkflow(call, route, fields);
}
