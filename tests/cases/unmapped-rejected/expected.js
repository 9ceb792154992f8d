const TRACK = Object.freeze({
  "User Registered": Object.freeze([trackUserRegisteredWelcome]),
  Heartbeat: Object.freeze([]),
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

async function deliverTrack(event, settings, session) {
  const steps = stepsFor(TRACK, event.event);
  await runAll(mapped(steps), event, settings, session);
}
