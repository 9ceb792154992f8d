// A template of mapping-kit: {{{ }}} first, and then {{ }} in what that gave.
function rendered(payload, template) {
  if (typeof template !== "string") {
    throw failure(
      "InvalidEventPayload",
      "the template of a directive is no text",
    );
  }
  const data = payload === undefined ? {} : payload;
  // A hole without an end is matched too: a long text of braces is read once.
  const fill = (close) => (whole, path, end) =>
    end === close ? plainText(memberAt(data, path.trim())) : whole;
  return template
    .replace(/\{\{\{([^}]+)(\}\}\}|\}|$)/g, fill("}}}"))
    .replace(/\{\{([^}]+)(\}\}|\}|$)/g, fill("}}"));
}
