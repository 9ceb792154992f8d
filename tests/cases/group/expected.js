const GROUP = Object.freeze([
  groupTopicGroupGroupId,
  groupWorkflowCompanyUpgraded,
]);

// group/topic/group-{{ groupId }}
async function groupTopicGroupGroupId(event, settings, call) {
  const fields = {
    key: required(
      joined("group-", event.groupId),
      "topic.key is missing: $.groupId",
    ),
    name: asText(event.traits?.name),
    subscribe: required(
      presentItems([asSubscription(event.userId)]),
      "topic.subscribe is missing: $.userId",
    ),
  };
  await changeTopic(call, fields);
}

// group/workflow/company-upgraded
async function groupWorkflowCompanyUpgraded(event, settings, call) {
  if (event.traits?.plan !== "enterprise") return false;
  const route = "group/workflow/company-upgraded";
  const fields = {
    name: "company-upgraded",
    to: required(
      asRecipients(event.userId),
      "workflow.to is missing: $.userId",
    ),
    payload: asObject(event.traits),
  };
  await triggerWorkflow(call, route, fields);
}

async function deliverGroup(event, settings, session) {
  await runInOrder(GROUP, event, settings, session);
}
