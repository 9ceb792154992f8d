// A phone number: 5 to 20 digits, blanks, + - . ( ); a number becomes a text.
function asPhone(value) {
  const text = typeof value === "number" ? String(value) : value;
  return typeof text === "string" && /^[0-9 +().-]{5,20}$/.test(text)
    ? text
    : undefined;
}
