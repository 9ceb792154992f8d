const TRACK = Object.freeze({
  "Trial Ended": Object.freeze([trackTrialEndedTrialEnded]),
  "Trial Started": Object.freeze([]),
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
