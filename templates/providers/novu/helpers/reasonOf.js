// What an answer of Novu complains of, as far as it can be said without a value.
function reasonOf(body) {
  const { message, errors } = isMap(body) ? body : {};
  const text = JSON.stringify(message ?? "");
  if (/not have active/.test(text)) return "the provider has no integration";
  if (/workflow.*not found/i.test(text)) return "it does not know the workflow";
  if (/subscriber.*not found/i.test(text))
    return "it does not know the subscriber";
  const names = namesIn(errors);
  return names === "" ? undefined : "see " + names;
}
