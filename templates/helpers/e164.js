// A phone number as +46701234567; it must name its country by + or 00.
function e164(value) {
  if (typeof value !== "string") return undefined;
  const number = value.replace(/[\s().-]/g, "").replace(/^00/, "+");
  return /^\+[0-9]{7,15}$/.test(number) ? number : undefined;
}
