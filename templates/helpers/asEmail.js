// An e-mail address: one @, no blank, 6 to 320 characters.
function asEmail(value) {
  if (typeof value !== "string" || value.length < 6 || value.length > 320)
    return undefined;
  return /^[^\s@]+@[^\s@]+$/.test(value) ? value : undefined;
}
