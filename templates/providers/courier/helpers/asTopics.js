// What a user wants to receive by topic; an item must say which and what.
function asTopics(value) {
  return severalOf(value, (item) => {
    if (!isMap(item)) return undefined;
    const topic_id = asId(item.topic_id);
    const status = oneOf(item.status, ["OPTED_IN", "OPTED_OUT"]);
    if (topic_id === undefined || status === undefined) return undefined;
    const custom_routing = nonempty(asList(item.custom_routing, asId));
    const has_custom_routing = custom_routing === undefined ? undefined : true;
    return { topic_id, status, has_custom_routing, custom_routing };
  });
}
