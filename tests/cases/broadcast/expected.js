const TRACK = Object.freeze({
  "Service Interrupted": Object.freeze([trackServiceInterruptedInterruption]),
});

// track/Service Interrupted/broadcast/interruption
async function trackServiceInterruptedInterruption(event, settings, call) {
  const route = "track/Service Interrupted/broadcast/interruption";
  const fields = {
    name: "interruption",
    payload: present({
      since: event.properties?.since,
    }),
  };
  await broadcastWorkflow(call, route, fields);
}
