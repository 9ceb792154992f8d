async function onGroup(event, settings) {
  if (!event.groupId) throw new InvalidEventPayload("groupId is missing");
  const url = `https://api.example.com/groups/${event.groupId}`;
// right:  const url = `https://api.example.com/groups/${encodeURIComponent(event.groupId)}`;
  const response = await fetch(url, { method: "PUT", timeout: 4000 }).catch(() => {
//                       ^^^^^ F163 unescaped-in-url: write encodeURIComponent(event.groupId)
    throw new RetryError("no answer");
  });
  const { status } = response;
  if (status === 429 || status >= 500) throw new RetryError(`status ${status}`);
  if (!response.ok) throw new InvalidEventPayload(`status ${status}`);
}
