// A text as Base64 of its UTF-8.
function base64Of(text) {
  const digits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const bytes = encodeURIComponent(text).replace(/%(..)/g, (_, hex) =>
    String.fromCharCode(parseInt(hex, 16)),
  );
  let encoded = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const [first, second, third] = [0, 1, 2].map((offset) =>
      bytes.charCodeAt(at + offset),
    );
    const bits = (first << 16) | (second << 8) | third;
    encoded += digits[bits >> 18] + digits[(bits >> 12) & 63];
    encoded += Number.isNaN(second) ? "=" : digits[(bits >> 6) & 63];
    encoded += Number.isNaN(third) ? "=" : digits[bits & 63];
  }
  return encoded;
}
