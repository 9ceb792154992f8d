// Forwards the call as it is to SuprSend's Segment connector, whose key is another one.
async function forwardCall(call, connectorKey, apiKey) {
  const { event, settings } = call;
  const credential = isEmpty(settings[connectorKey]) ? apiKey : connectorKey;
  const Authorization = "Bearer " + headerText(settings, credential);
  await send(
    { ...call, credential },
    {
      method: "POST",
      path: "/connector/segment/",
      headers: { Authorization },
      body: event,
    },
  );
}
