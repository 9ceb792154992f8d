// A text with _ for every blank.
function snakecase(value) {
  return typeof value === "string" ? value.replace(/\s/g, "_") : undefined;
}
