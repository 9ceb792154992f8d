// Sets preferences; where the event names none there is nothing to do.
async function changePreferences(call, fields) {
  const { id, preference_set, strategy, ...preferences } = fields;
  if (present(preferences) === undefined) return;
  await send(call, {
    method: "PUT",
    path: `/users/${pathPart(id)}/preferences/${pathPart(preference_set)}`,
    body: { __persistence_strategy__: strategy, ...preferences },
  });
}
