// A Map of handlers, a loop over workflows, a deletion, a group that joins a topic.
const workflows = new Map([
  ["Signed Up", ["welcome", "tell-sales"]],
  ["Comment Added", ["comment"]],
]);
const headers = (settings) => ({ Authorization: `ApiKey ${settings.apiKey}` });

class Retry extends Error {}

async function call(settings, method, path, body) {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      const response = await fetch(settings.baseUrl + path, {
        method,
        headers: headers(settings),
        body: body && JSON.stringify(body),
      });
      if (response.status < 500) return;
    } catch (error) {
      console.log(error);
    }
  }
  throw new RetryError("gave up");
}

async function onTrack(event, settings) {
  const names = workflows.get(event.event) || [];
  for (const name of names) {
    await call(settings, "POST", "/v1/events/trigger", {
      name,
      to: event.userId ?? event.anonymousId,
      payload: { items: (event.properties.items || []).map(({ sku, count = 1 }) => ({ sku, count })) },
      transactionId: event.messageId + name,
    });
  }
}

async function onGroup(event, settings) {
  await call(settings, "POST", `/v2/topics/team-${event.groupId}/subscriptions`, {
    subscriptions: [event.userId],
  });
}

async function onDelete({ userId }, settings) {
  await call(settings, "DELETE", `/v1/subscribers/${userId}`);
}
