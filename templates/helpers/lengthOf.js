// How many items a list has, or how many bytes of UTF-8 a text.
function lengthOf(value) {
  if (Array.isArray(value)) return value.length;
  if (typeof value !== "string") return undefined;
  let bytes = 0;
  for (const character of value) {
    const code = character.codePointAt(0);
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
