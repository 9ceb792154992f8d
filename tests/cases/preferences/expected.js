const TRACK = Object.freeze({
  "Mail Stopped": Object.freeze([trackMailStoppedPropertiesWorkflow]),
});

// track/Mail Stopped/preferences/$.properties.workflow
async function trackMailStoppedPropertiesWorkflow(event, settings, call) {
  const fields = {
    workflowId: required(
      asIds(event.properties?.workflow),
      "preferences.workflowId is missing: $.properties.workflow",
    ),
    subscriberId: required(
      asId(event.userId),
      "preferences.subscriberId is missing: $.userId",
    ),
    channels: {
      email: false,
      in_app: asBoolean(event.properties?.inApp),
    },
  };
  await changePreferences(call, fields);
}
