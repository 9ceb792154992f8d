// An id as one piece of a URL's path; "." and ".." would name another path.
function pathPart(id) {
  if (id === "." || id === "..") {
    throw failure("InvalidEventPayload", "an id is a dot or two dots");
  }
  return encodeURIComponent(id);
}
