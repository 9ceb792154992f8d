// A text that names something: fixed texts and values in turn. It is missing as soon as
// one of the values is, so that no name is shared by everybody.
function joined(...pieces) {
  const isLost = (value) => isEmpty(value) || textOf(value).trim() === "";
  const lost = pieces.some((piece, place) => place % 2 === 1 && isLost(piece));
  return lost ? undefined : pieces.map(textOf).join("").trim();
}
