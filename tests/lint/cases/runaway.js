async function onTrack(event, settings) {
//             ^^^^^^^ F175 runaway: make sure that each loop comes to an end
  let waiting = [event];
  while (waiting.length > 0) {
    const next = waiting.shift();
    if (next.properties) waiting.push(next);
// right:    if (next.inner) waiting.push(next.inner);
  }
}
