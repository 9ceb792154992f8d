// expect 1:1 F176 no-handler: declare `async function onTrack(event, settings)`
async function onEvent(event, settings) {
// right:async function onTrack(event, settings) {
  throw new EventNotSupported(event.type);
}
