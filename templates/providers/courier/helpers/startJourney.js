// Starts a journey.
async function startJourney(call, route, fields) {
  const { journey_id, data, ...others } = fields;
  await send(call, {
    method: "POST",
    path: `/journeys/${pathPart(journey_id)}/invoke`,
    headers: keyHeader(call, route),
    body: { ...others, data: data ?? {} },
  });
}
