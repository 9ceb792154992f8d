// What is known of a tenant and what is new as one: the later wins, member by member.
function mergeTenants(earlier, later) {
  const both = merged(earlier, later);
  for (const name of ["properties", "user_profile"]) {
    const members = merged(earlier[name], later[name]);
    if (members !== undefined) both[name] = members;
  }
  return both;
}
