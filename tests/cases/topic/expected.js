const TRACK = Object.freeze({
  "Project Joined": Object.freeze([trackProjectJoinedProjectPropertiesId]),
  "Project Left": Object.freeze([trackProjectLeftProjectPropertiesId]),
});

// track/Project Joined/topic/project-{{ properties.id }}
async function trackProjectJoinedProjectPropertiesId(event, settings, call) {
  const properties = event.properties;
  const fields = {
    key: required(
      joined("project-", properties?.id),
      "topic.key is missing: $.properties.id",
    ),
    name: asText(properties?.name),
    subscribe: required(
      presentItems([
        asSubscription(event.userId),
        asSubscription(properties?.guest),
      ]),
      "topic.subscribe is missing: $.userId, $.properties.guest",
    ),
  };
  await changeTopic(call, fields);
}

// track/Project Left/topic/project-{{ properties.id }}
async function trackProjectLeftProjectPropertiesId(event, settings, call) {
  const fields = {
    key: required(
      joined("project-", event.properties?.id),
      "topic.key is missing: $.properties.id",
    ),
    unsubscribe: required(
      presentItems([asSubscription(event.userId)]),
      "topic.unsubscribe is missing: $.userId",
    ),
  };
  await changeTopic(call, fields);
}
