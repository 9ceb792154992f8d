const TRACK = Object.freeze({
  "User Registered": Object.freeze([trackWelcome]),
});

// welcome
async function trackWelcome(event, settings, call) {
  const route = "welcome";
  const fields = {
    name: "welcome-2026",
    to: required(
      asRecipients(event.userId),
      "workflow.to is missing: $.userId",
    ),
    payload: asObject(event.properties),
  };
  await triggerWorkflow(call, route, fields);
}
