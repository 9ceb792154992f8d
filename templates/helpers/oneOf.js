// A value that is one of the choices.
function oneOf(value, choices) {
  return choices.includes(value) ? value : undefined;
}
