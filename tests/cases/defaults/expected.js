const TRACK = Object.freeze({
  "User Registered": Object.freeze([trackUserRegisteredWelcome]),
  "Trial Ended": Object.freeze([
    trackTrialEndedTrialEnded,
    trackTrialEndedTrials,
  ]),
});

// track/User Registered/workflow/welcome
async function trackUserRegisteredWelcome(event, settings, call) {
  const route = "track/User Registered/workflow/welcome";
  const fields = {
    name: "welcome",
    to: required(
      asRecipients(eachWithoutNulls(event.properties?.recipient)),
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
    to: asRecipients("1.10"),
    payload: asObject(event.properties),
    overrides: null,
  };
  await triggerWorkflow(call, route, fields);
}

// track/Trial Ended/topic/trials
async function trackTrialEndedTrials(event, settings, call) {
  const fields = {
    key: "trials",
    unsubscribe: required(
      presentItems([asSubscription(event.userId)]),
      "topic.unsubscribe is missing: $.userId",
    ),
  };
  await changeTopic(call, fields);
}
