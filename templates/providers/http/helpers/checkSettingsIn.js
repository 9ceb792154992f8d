// A header that cannot be sent, and holds a setting that cannot: the settings are wrong.
function checkSettingsIn(settings, value) {
  const wrong = Object.keys(settings).find((name) => {
    const text = (asText(settings[name]) ?? "").trim();
    return !/^[\x20-\x7e]*$/.test(text) && value?.includes(text);
  });
  if (wrong === undefined) return;
  throw failure(
    "ValidationError",
    `the setting ${wrong} has a line break or a letter that cannot be sent: paste it again`,
  );
}
