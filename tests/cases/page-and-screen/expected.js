const PAGE = Object.freeze({
  Pricing: Object.freeze([]),
  "*": Object.freeze([pageAnySawAPage]),
});

const SCREEN = Object.freeze({
  Settings: Object.freeze([]),
  "*": Object.freeze([screenAnySawHome]),
});

// page/*/workflow/saw-a-page
async function pageAnySawAPage(event, settings, call) {
  const route = "page/*/workflow/saw-a-page";
  const fields = {
    name: "saw-a-page",
    to: required(
      asRecipients(event.userId),
      "workflow.to is missing: $.userId",
    ),
    payload: present({
      name: event.name,
      category: event.category,
    }),
  };
  await triggerWorkflow(call, route, fields);
}

// screen/*/workflow/saw-home
async function screenAnySawHome(event, settings, call) {
  const route = "screen/*/workflow/saw-home";
  const fields = {
    name: "saw-home",
    to: required(
      asRecipients(event.userId),
      "workflow.to is missing: $.userId",
    ),
    payload: asObject(event.properties),
  };
  await triggerWorkflow(call, route, fields);
}

async function deliverPage(event, settings, session) {
  const steps = stepsForPage(PAGE, event.name);
  await runAll(steps, event, settings, session);
}
