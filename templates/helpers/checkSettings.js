// The settings, once those that are required are there.
function checkSettings(settings) {
  const given = isMap(settings) ? settings : {};
  const missing = REQUIRED_SETTINGS.filter((name) => isEmpty(own(given, name)));
  if (missing.length > 0) {
    throw failure(
      "ValidationError",
      "fill in the setting " + missing.join(", "),
    );
  }
  return given;
}
