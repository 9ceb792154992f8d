// The header that proves who asks, where the mapping wants one; `auth: null` wants none.
function authorized(fields, body) {
  const wanted = "auth" in fields && fields.auth !== null;
  return wanted ? credentials(fields.auth ?? {}, body) : {};
}
