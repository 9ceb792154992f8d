// A text with - for every blank.
function kebabcase(value) {
  return typeof value === "string" ? value.replace(/\s/g, "-") : undefined;
}
