const TRACK = Object.freeze({
  "Comment Written": Object.freeze([trackCommentWrittenComment]),
  "Team Invited": Object.freeze([trackTeamInvitedInvited]),
});

// track/Comment Written/workflow/comment
async function trackCommentWrittenComment(event, settings, call) {
  const route = "track/Comment Written/workflow/comment";
  const fields = {
    name: "comment",
    to: required(
      asRecipients({
        type: "Topic",
        topicKey: joined("post-", event.properties?.post),
        exclude: presentItems([event.userId]),
      }),
      "workflow.to is missing: $.properties.post, $.userId",
    ),
    payload: asObject(event.properties),
  };
  await triggerWorkflow(call, route, fields);
}

// track/Team Invited/workflow/invited
async function trackTeamInvitedInvited(event, settings, call) {
  const route = "track/Team Invited/workflow/invited";
  const fields = {
    name: "invited",
    to: required(
      asRecipients(
        each(event.properties?.members, (item) =>
          present({
            subscriberId: item?.id,
            email: item?.mail,
          }),
        ),
      ),
      "workflow.to is missing: $.properties.members, $.id, $.mail",
    ),
    payload: asObject(event.properties),
  };
  await triggerWorkflow(call, route, fields);
}
