// Where the provider is: an own https address, or that of a region.
function baseUrlOf(settings, urlName, regionName) {
  const url = settings[urlName] ?? "";
  if (url !== "") {
    // No other port can be connected to, and trying would look like a lost connection.
    const plain = /^https:\/\/[a-z0-9.-]+(?::([1-9][0-9]*))?(\/[\w.~-]+)*\/?$/i;
    const found = typeof url === "string" ? plain.exec(url) : null;
    if (found !== null && Number(found[1] ?? 443) <= 65535)
      return url.replace(/\/$/, "");
    throw failure(
      "ValidationError",
      `the setting ${urlName} is no plain https address`,
    );
  }
  const region = settings[regionName] || DEFAULT_REGION;
  const known = typeof region === "string" ? own(BASE_URLS, region) : undefined;
  if (known !== undefined) return known;
  const names = Object.keys(BASE_URLS).join(" or ");
  throw failure("ValidationError", `the setting ${regionName} is not ${names}`);
}
