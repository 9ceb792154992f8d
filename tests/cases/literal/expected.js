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
      path: "$.traits.email",
      template: "{{ name }}",
      map: {
        $each: [
          1,
          {
            a: "$.b",
          },
        ],
      },
      $price: 5,
      "@type": "Person",
    },
  };
  await triggerWorkflow(call, route, fields);
}
