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
    payload: {
      text: "vip",
      number: 42,
      tenth: 0.1,
      exponent: 1e21,
      yes: true,
      nothing: null,
      empty: "",
      version: "1.10",
      list: [],
      map: {},
    },
  };
  await triggerWorkflow(call, route, fields);
}
