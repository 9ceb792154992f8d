// Catches all and tells nobody.
async function onTrack(event) {
  try {
    const response = await fetch("https://api.example.com/quiet", { method: "POST" });
    const { id } = await response.json();
    console.log("id is", id, event.properties.total.toFixed(2));
  } catch (error) {
    console.error(`${error.name}: ${error.message}`);
  }
}

async function onIdentify(event) {
  await fetch("https://api.example.com/quiet").catch(() => null);
  event.traits.address.city.toUpperCase();
}
