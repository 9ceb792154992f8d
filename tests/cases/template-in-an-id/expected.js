const TRACK = Object.freeze({
  "Project Joined": Object.freeze([trackProjectJoinedProjectProperti_187c94]),
});

// track/Project Joined/topic/project-{{ properties.projectId }}
async function trackProjectJoinedProjectProperti_187c94(event, settings, call) {
  const fields = {
    key: required(
      joined("project-", event.properties?.projectId),
      "topic.key is missing: $.properties.projectId",
    ),
    subscribe: required(
      presentItems([asSubscription(event.userId)]),
      "topic.subscribe is missing: $.userId",
    ),
  };
  await changeTopic(call, fields);
}
