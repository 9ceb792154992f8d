// Credentials that go with an inline subscriber; Novu would drop the whole notification for
// those that lack a part.
function asChannel(value) {
  if (!isMap(value) || !isMap(value.credentials)) return undefined;
  const providerId = asId(value.providerId);
  const { webhookUrl, deviceTokens } = value.credentials;
  const credentials = withoutMissing({
    webhookUrl: asUrl(webhookUrl),
    deviceTokens: nonempty(asList(deviceTokens, asId, 100)),
  });
  if (providerId === undefined || credentials === undefined) return undefined;
  const integrationIdentifier = asId(value.integrationIdentifier);
  return { providerId, integrationIdentifier, credentials };
}
