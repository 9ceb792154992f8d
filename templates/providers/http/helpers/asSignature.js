// How the body is signed; a text alone is the key.
function asSignature(value) {
  const told = isMap(value) ? value : { secret: value };
  return { ...told, secret: asText(told.secret) };
}
