async function onTrack(event: SegmentTrackEvent, settings: Settings) {
//                     ^^^^^^ I112 broken-script: this cannot be read
  return;
}
