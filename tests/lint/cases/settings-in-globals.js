const client = { key: null };

async function onIdentify(event, settings) {
  if (!settings.apiKey) throw new ValidationError("the setting apiKey is missing");
  client.key = settings.apiKey.trim();
  //^^^^ F122 settings-in-globals: `client` still holds `settings.apiKey` when the call is over
// right:  const client = { key: settings.apiKey.trim() };
  if (client.key.length < 4) throw new ValidationError("the setting apiKey is too short");
}
