// What a path of mapping-kit finds in a value; names that are inherited are missing.
function memberAt(value, path) {
  if (path === "" || path === ".") return value;
  const steps = path.split(/\[(?=["'0-9])|\.|(?<=["'0-9])\]+/).filter(Boolean);
  return steps
    .map((step) => step.replace(/["']/g, ""))
    .reduce(
      (found, key) =>
        found &&
        (Object.prototype.hasOwnProperty.call(found, key)
          ? found[key]
          : undefined),
      value,
    );
}
