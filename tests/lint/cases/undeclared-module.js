// expect 1:1 F171 undeclared-name: `exports` does not exist in Segment: every event that comes here is lost
exports.onTrack = async (event) => {
// right:async function onTrack(event) {
  throw new EventNotSupported(event.type);
};
// right:}
