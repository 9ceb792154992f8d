// A Slack address by e-mail or member id. Segment knows no bot token; where the setting
// has one it goes along.
function slackAddress(call, kind, value) {
  const token = own(call.settings, call.slackSetting);
  if (isEmpty(token)) return { [kind]: value };
  if (typeof token !== "string" || !token.startsWith("xox")) {
    throw failure(
      "ValidationError",
      `the setting ${call.slackSetting} is no Slack bot token: it begins with xox`,
    );
  }
  return { [kind]: value, access_token: token };
}
