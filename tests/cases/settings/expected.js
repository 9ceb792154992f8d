const REQUIRED_SETTINGS = Object.freeze(["novuApiKey", "environment"]);

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

// Whether the mapping's own `when` lets a call through.
function isWanted(event, settings) {
  return isEqual(event.properties?.environment, settings.environment);
}

// What all requests of one event share; the settings are checked before they are used.
function connect(event, settings, session) {
  return {
    event,
    settings: checkSettings(settings),
    provider: "Novu",
    credential: "novuApiKey",
    address: "baseUrl",
    baseUrl: baseUrlOf(settings, "baseUrl", "novuRegion"),
    headers: {
      Authorization: "ApiKey " + headerText(settings, "novuApiKey"),
      "Content-Type": "application/json",
    },
    deadline: session.deadline,
    batch: session.batch,
  };
}
