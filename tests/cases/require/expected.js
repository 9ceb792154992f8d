const TRACK = Object.freeze({
  "Trial Ended": Object.freeze([trackTrialEndedTellAccountManager]),
});

// track/Trial Ended/workflow/tell-account-manager
async function trackTrialEndedTellAccountManager(event, settings, call) {
  const properties = event.properties;
  if (properties?.plan !== "enterprise") return false;
  requirePresent({
    "$.properties.accountManager": properties?.accountManager,
    "$.context.traits['first name']": event.context?.traits?.["first name"],
  });
  const route = "track/Trial Ended/workflow/tell-account-manager";
  const fields = {
    name: "tell-account-manager",
    to: required(
      asRecipients(eachWithoutNulls(properties?.accountManager)),
      "workflow.to is missing: $.properties.accountManager",
    ),
    payload: asObject(properties),
  };
  await triggerWorkflow(call, route, fields);
}
