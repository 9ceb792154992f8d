// Creates or changes a profile; in a batch once for all that is known by then. POST merges
// what it is given; PUT would replace everything, and is never sent.
function saveProfile(call, fields) {
  const { user_id, profile, ...named } = fields;
  const path = "/profiles/" + pathPart(user_id);
  const work = (whole) =>
    send(call, { method: "POST", path, body: { profile: whole } });
  return collapsed(call, path, merged(profile, named), merged, work);
}
