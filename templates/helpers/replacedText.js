// A text in which patterns are replaced, one after another; "" for what has no text.
function replacedText(value, pattern, replacement, pattern2, replacement2) {
  if (typeof value === "object" || value === undefined) return "";
  const text = String(value).replace(pattern, replacement);
  return pattern2 === undefined ? text : text.replace(pattern2, replacement2);
}
