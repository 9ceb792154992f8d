const TRACK = Object.freeze({
  "Order Completed": Object.freeze([trackOrderCompletedOrderPropertiesKind]),
});

// track/Order Completed/workflow/order-{{ properties.kind }}
async function trackOrderCompletedOrderPropertiesKind(event, settings, call) {
  const properties = event.properties;
  const route = "track/Order Completed/workflow/order-{{ properties.kind }}";
  const fields = {
    name: required(
      joined("order-", properties?.kind),
      "workflow.name is missing: $.properties.kind",
    ),
    to: required(
      asRecipients(
        presentItems([
          withoutNulls(event.userId),
          withoutMissing({
            subscriberId: withoutNulls(properties?.buyer),
            email: withoutNulls(properties?.mail),
          }),
        ]),
      ),
      "workflow.to is missing: $.userId, $.properties.buyer, $.properties.mail",
    ),
    payload: present({
      orderId: properties?.order_id,
    }),
    overrides: {
      email: {
        from: "shop@example.com",
      },
    },
    actor: asRecipient(withoutNulls(properties?.seller)),
    tenant: asTenant(properties?.tenant),
    context: asContexts(
      present({
        team: properties?.team,
      }),
    ),
  };
  await triggerWorkflow(call, route, fields);
}
