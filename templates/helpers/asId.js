// A text that names something: never empty, without blanks at its ends.
function asId(value) {
  const id = asText(value)?.trim();
  return id === "" ? undefined : id;
}
