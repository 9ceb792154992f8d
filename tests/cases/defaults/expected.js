const TRACK = Object.freeze({
  "User Registered": Object.freeze([trackUserRegisteredWelcome]),
  "Trial Ended": Object.freeze([trackTrialEndedTrialEnded]),
});

// track/User Registered/workflow/welcome
async function trackUserRegisteredWelcome(event, settings, call) {
  const route = "track/User Registered/workflow/welcome";
  const fields = {
    name: "welcome",
    to: required(
      asRecipients(event.properties?.recipient),
      "workflow.to is missing: $.properties.recipient",
    ),
    payload: asObject(event.properties),
    overrides: {
      email: {
        from: "hello@example.com",
      },
    },
  };
  await triggerWorkflow(call, route, fields);
}

// track/Trial Ended/workflow/trial-ended
async function trackTrialEndedTrialEnded(event, settings, call) {
  const route = "track/Trial Ended/workflow/trial-ended";
  const fields = {
    name: "trial-ended",
    to: required(
      asRecipients(event.userId),
      "workflow.to is missing: $.userId",
    ),
    payload: asObject(event.properties),
    overrides: null,
  };
  await triggerWorkflow(call, route, fields);
}
