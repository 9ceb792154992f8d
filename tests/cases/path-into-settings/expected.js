const TRACK = Object.freeze({
  "User Registered": Object.freeze([trackUserRegisteredWelcome]),
});

// track/User Registered/workflow/welcome
async function trackUserRegisteredWelcome(event, settings, call) {
  const route = "track/User Registered/workflow/welcome";
  const fields = {
    name: "welcome",
    to: required(
      asRecipients(event.userId),
      "workflow.to is missing: $.userId",
    ),
    payload: {
      environment: settings.environment,
      note: "from " + textOf(settings.environment),
    },
  };
  await triggerWorkflow(call, route, fields);
}
