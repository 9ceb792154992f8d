const TRACK = Object.freeze({
  "Order Cancelled": Object.freeze([trackOrderCancelledPropertiesTransaction]),
});

// track/Order Cancelled/cancel/$.properties.transaction
async function trackOrderCancelledPropertiesTransaction(event, settings, call) {
  const fields = {
    transactionId: required(
      asId(event.properties?.transaction),
      "cancel.transactionId is missing: $.properties.transaction",
    ),
  };
  await cancelTrigger(call, fields.transactionId);
}
