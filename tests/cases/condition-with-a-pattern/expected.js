const TRACK = Object.freeze({
  "*": Object.freeze([trackAnyReceipt]),
});

// track/*/workflow/receipt
async function trackAnyReceipt(event, settings, call) {
  if (!matches(event.event, /^Order [CP]/u)) return false;
  const route = "track/*/workflow/receipt";
  const fields = {
    name: "receipt",
    to: required(
      asRecipients(event.userId),
      "workflow.to is missing: $.userId",
    ),
    payload: asObject(event.properties),
  };
  await triggerWorkflow(call, route, fields);
}
