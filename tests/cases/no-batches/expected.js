const CONCURRENCY = null;

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
    payload: asObject(event.properties),
  };
  await triggerWorkflow(call, route, fields);
}

async function onTrack(event, settings) {
  await guarded((session) => deliverTrack(event, settings, session));
}
