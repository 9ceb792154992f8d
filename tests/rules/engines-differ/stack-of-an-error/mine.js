// What went wrong is sent along, for support.
async function onTrack(event, settings) {
  const where = new Error("no plan").stack;
  await fetch("https://example.com/", { method: "POST", body: JSON.stringify({ where }) });
}
