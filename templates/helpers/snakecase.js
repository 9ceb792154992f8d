// A text as order_completed.
function snakecase(value) {
  return typeof value === "string" ? wordsOf(value).join("_") : undefined;
}
