async function onIdentify(event, settings) {
  for (name of Object.keys(event.traits ?? {})) {
//     ^^^^ F123 accidental-global: declare it
// right:  for (const name of Object.keys(event.traits ?? {})) {
    if (name === "internal") throw new EventNotSupported("an internal user");
  }
}
