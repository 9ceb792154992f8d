const IDENTIFY = Object.freeze([identifySubscriber]);

const TRACK = Object.freeze({
  "User Registered": Object.freeze([trackUserRegisteredWelcome]),
});

// identify/subscriber
async function identifySubscriber(event, settings, call) {
  const fields = {
    subscriberId: required(
      asId(event.userId),
      "subscriber.subscriberId is missing: $.userId",
    ),
    email: asEmail(event.traits?.email),
  };
  await saveSubscriber(call, fields);
}

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

// Whether the mapping's own `when` lets a call through.
function isWanted(event, settings) {
  return (
    event.properties?.environment == null ||
    isEqual(event.properties?.environment, settings.environment)
  );
}

async function deliverTrack(event, settings, session) {
  if (!isWanted(event, checkSettings(settings))) return;
  const steps = stepsFor(TRACK, event.event);
  await runAll(steps, event, settings, session);
}
