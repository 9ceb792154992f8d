// What a JSON text says; a text that is none stays as it is.
function decodedJson(value) {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
