// Buffer for encodings, and for the body itself.
async function onTrack(event, settings) {
  const packed = Buffer.from(JSON.stringify(event.properties || {})).toString("base64");
  const back = JSON.parse(Buffer.from(packed, "base64").toString("utf8"));
  console.log(Object.keys(back).length, Buffer.byteLength(packed), Buffer.isBuffer(packed));
  await fetch("https://api.example.com/raw", {
    method: "POST",
    headers: { Authorization: "Basic " + Buffer.from(settings.apiKey + ":x").toString("base64") },
    body: Buffer.from(event.event, "utf-8"),
  });
}

async function onIdentify(event) {
  const id = Buffer.from(event.userId).toString("hex");
  const response = await fetch(`https://api.example.com/${id}`);
  const bytes = await response.buffer();
  console.log(
    bytes.length,
    bytes.slice(0, 3).toString("latin1"),
    Buffer.concat([bytes, bytes]).length,
  );
}
