const TRACK = Object.freeze({
  "A very long name of an event that somebody made with a generator of names":
    Object.freeze([trackAVeryLongNameOfAnEventThatSo_15dbb7]),
});

// track/A very long name of an event that somebody made with a generator of names/workflow/welcome
async function trackAVeryLongNameOfAnEventThatSo_15dbb7(event, settings, call) {
  const route =
    "track/A very long name of an event that somebody made with a generator of names/workflow/welcome";
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
