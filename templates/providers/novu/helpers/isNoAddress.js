// Whether the 404 is not Novu's answer but its router's: there is no such address.
function isNoAddress(body) {
  return isMap(body) && /^Cannot [A-Z]+ \//.test(asText(body.message) ?? "");
}
