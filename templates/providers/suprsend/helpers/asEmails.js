// One e-mail address or several, as a list; undefined where there is none.
function asEmails(value) {
  return severalOf(value, asEmail);
}
