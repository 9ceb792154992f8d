// A value that is not empty: no "", no [], no {}.
function nonempty(value) {
  return isEmpty(value) ? undefined : value;
}
