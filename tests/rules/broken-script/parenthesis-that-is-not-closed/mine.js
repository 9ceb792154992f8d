async function onTrack(event, settings) {
  const body = JSON.stringify({ name: "welcome", to: event.userId };
// expect 2:68 I112 broken-script
}
