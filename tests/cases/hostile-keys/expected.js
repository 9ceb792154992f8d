const TRACK = Object.freeze({
  "Key Pressed": Object.freeze([trackKeyPressedKeys]),
});

// track/Key Pressed/workflow/keys
async function trackKeyPressedKeys(event, settings, call) {
  const properties = event.properties;
  const route = "track/Key Pressed/workflow/keys";
  const fields = {
    name: "keys",
    to: required(
      asRecipients(event.userId),
      "workflow.to is missing: $.userId",
    ),
    payload: present({
      ["__proto__"]: properties?.proto,
      constructor: own(properties, "constructor"),
      "'": properties?.["'"],
      "a-b": properties?.["a-b"],
      0: own(properties, "0"),
      "👩‍🚀": properties?.["👩‍🚀"],
    }),
  };
  await triggerWorkflow(call, route, fields);
}
