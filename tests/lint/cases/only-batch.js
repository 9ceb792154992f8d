async function onBatch(events, settings) {
//             ^^^^^^^ F141 only-batch: declare `onTrack`
// right:async function onTrack(event, settings) {}
// right:async function onBatch(events, settings) {
  return events.map(() => ({ status: 200 }));
}
