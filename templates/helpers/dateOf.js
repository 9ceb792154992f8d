// A time as UTC text: in full for "iso", else only the day.
function dateOf(value, form) {
  const time = millisecondsOf(value);
  if (time === undefined) return undefined;
  const text = new Date(time).toISOString();
  return form === "iso" ? text : text.slice(0, text.indexOf("T"));
}
