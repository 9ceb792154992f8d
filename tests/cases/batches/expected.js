const CONCURRENCY = 2;

const IDENTIFY = Object.freeze([identifySubscriber]);

const TRACK = Object.freeze({
  "User Registered": Object.freeze([trackUserRegisteredWelcome]),
});

const DELIVERIES = Object.freeze({
  identify: deliverIdentify,
  track: deliverTrack,
});

const BATCH_ORDER = Object.freeze([
  Object.freeze(["identify"]),
  Object.freeze(["track"]),
  Object.freeze([null]),
]);

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

async function onBatch(events, settings) {
  return runBatch(events, settings);
}
