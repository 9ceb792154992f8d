// Sets a member of a new object; an assignment to __proto__ would set its prototype.
function put(object, key, value) {
  if (key === "__proto__") {
    const member = {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    };
    Object.defineProperty(object, key, member);
  } else {
    object[key] = value;
  }
}
