async function onTrack(event, settings) {}

async function onBatch(events, settings) {
//             ^^^^^^^ F142 batch-result: return `{ status, errormessage }` for each event
  return { status: 200 };
// right:  return events.map(() => ({ status: 200 }));
}
