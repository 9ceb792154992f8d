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
      asRecipients(
        withoutMissing({
          type: "Topic",
          topicKey: joined("post-", event.properties?.post),
          exclude: presentItems([withoutNulls(event.userId)]),
        }),
      ),
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
          withoutMissing({
            subscriberId: withoutNulls(item?.id),
            email: withoutNulls(item?.mail),
          }),
        ),
      ),
      "workflow.to is missing: $.properties.members, $.id, $.mail",
    ),
    payload: asObject(event.properties),
  };
  await triggerWorkflow(call, route, fields);
}
