// One phone number or several in the form that SuprSend takes, +46701234567.
function asPhones(value) {
  return severalOf(value, (item) => e164(asText(item)));
}
