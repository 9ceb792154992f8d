// Where the provider is: an own https address, or that of a region.
function baseUrlOf(settings, urlName, regionName) {
  const url = settings[urlName] ?? "";
  if (url !== "") {
    const plain = /^https:\/\/[a-z0-9.-]+(:[0-9]+)?(\/[\w.~-]+)*\/?$/i;
    if (typeof url === "string" && plain.test(url))
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
