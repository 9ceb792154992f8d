// Cancels a trigger for some or for all of its recipients.
async function cancelWorkflow(call, fields) {
  const { key, cancellation_key, recipients } = fields;
  await send(call, {
    method: "POST",
    path: `/workflows/${pathPart(key)}/cancel`,
    body: { cancellation_key, recipients: recipients?.map(referenceTo) },
  });
}
