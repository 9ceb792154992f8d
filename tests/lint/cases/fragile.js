async function onTrack(event, settings) {
  const total = event.properties.total.toFixed(2);
//              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ F173 fragile: an event without `properties` is lost with a TypeError
// right:  const total = Number(event.properties?.total ?? 0).toFixed(2);
  if (total === "0.00") throw new EventNotSupported("nothing was bought");
}
