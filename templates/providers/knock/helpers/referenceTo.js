// A recipient that Knock knows already: its id, or an object's id and collection.
function referenceTo({ id, collection }) {
  return collection === undefined ? id : { id, collection };
}
