// A phone number in the only form that Knock takes, +46701234567.
function asPhoneNumber(value) {
  return e164(asText(value));
}
