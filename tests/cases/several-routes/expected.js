const TRACK = Object.freeze({
  "Trial Ended": Object.freeze([trackTrialEndedTrialEnded, trackTellOwner]),
});

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
  };
  await triggerWorkflow(call, route, fields);
}

// tell-owner
async function trackTellOwner(event, settings, call) {
  const route = "tell-owner";
  const fields = {
    name: "trial-ended",
    to: required(
      asRecipients(eachWithoutNulls(event.properties?.owner)),
      "workflow.to is missing: $.properties.owner",
    ),
    payload: asObject(event.properties),
  };
  await triggerWorkflow(call, route, fields);
}
