// A value as one piece of a web address. A dot or two would name another place.
function encodedPart(value) {
  const text = isEmpty(value) ? "" : textOf(value);
  if (["", ".", ".."].includes(text.trim())) return undefined;
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\ufffd"));
}
