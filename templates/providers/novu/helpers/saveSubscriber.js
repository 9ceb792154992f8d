// Creates or changes a subscriber; in a batch once for all that is known by then.
function saveSubscriber(call, subscriber) {
  const write = (whole) => writeSubscriber(call, whole);
  const key = subscriber.subscriberId;
  return collapsed(call, key, subscriber, mergeSubscribers, write);
}
