const TRACK = Object.freeze({
  constructor: Object.freeze([trackConstructorInherited]),
  ["__proto__"]: Object.freeze([trackProtoPrototype]),
  "line\nbreak\u2028*/": Object.freeze([trackLineBreakBreaks_f1713b]),
});

// track/constructor/workflow/inherited
async function trackConstructorInherited(event, settings, call) {
  const route = "track/constructor/workflow/inherited";
  const fields = {
    name: "inherited",
    to: required(
      asRecipients(event.userId),
      "workflow.to is missing: $.userId",
    ),
    payload: present({
      theirs: own(settings, "constructor"),
    }),
  };
  await triggerWorkflow(call, route, fields);
}

// track/__proto__/workflow/prototype
async function trackProtoPrototype(event, settings, call) {
  const route = "track/__proto__/workflow/prototype";
  const fields = {
    name: "prototype",
    to: required(
      asRecipients(event.userId),
      "workflow.to is missing: $.userId",
    ),
    payload: asObject(event.properties),
  };
  await triggerWorkflow(call, route, fields);
}

// track/line\nbreak\u2028*//workflow/breaks
async function trackLineBreakBreaks_f1713b(event, settings, call) {
  const route = "track/line\nbreak\u2028*//workflow/breaks";
  const fields = {
    name: "breaks",
    to: required(
      asRecipients(event.userId),
      "workflow.to is missing: $.userId",
    ),
    payload: asObject(event.properties),
  };
  await triggerWorkflow(call, route, fields);
}
