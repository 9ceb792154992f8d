// expect 1:1 G104 foreign-file
async function onTrack(event, settings) {
  // two years of work
}
