// A text as order-completed.
function kebabcase(value) {
  return typeof value === "string" ? wordsOf(value).join("-") : undefined;
}
