// A text in which every word begins with a capital letter.
function titlecase(value) {
  if (typeof value !== "string") return undefined;
  return value.replace(/(?<!\S)\S/gu, (letter) => letter.toUpperCase());
}
