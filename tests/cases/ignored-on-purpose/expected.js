const TRACK = Object.freeze({
  "Internal Heartbeat": Object.freeze([]),
  "*": Object.freeze([trackAnyCatchAll]),
});

// track/*/workflow/catch-all
async function trackAnyCatchAll(event, settings, call) {
  const route = "track/*/workflow/catch-all";
  const fields = {
    name: "catch-all",
    to: required(
      asRecipients(event.userId),
      "workflow.to is missing: $.userId",
    ),
    payload: asObject(event.properties),
  };
  await triggerWorkflow(call, route, fields);
}
