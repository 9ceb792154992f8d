// A template of mapping-kit: {{{ }}} first, and then {{ }} in what that gave.
function rendered(payload, template) {
  if (typeof template !== "string") {
    throw failure(
      "InvalidEventPayload",
      "the template of a directive is no text",
    );
  }
  const data = payload === undefined ? {} : payload;
  const fill = (_, path) => plainText(memberAt(data, path.trim()));
  return template
    .replace(/\{\{\{([^}]+)\}\}\}/g, fill)
    .replace(/\{\{([^}]+)\}\}/g, fill);
}
