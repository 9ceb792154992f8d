// A locale: en, en-US or en_US.
function asLocale(value) {
  const locale = /^[a-z]{2}([-_][A-Z]{2})?$/;
  return typeof value === "string" && locale.test(value) ? value : undefined;
}
