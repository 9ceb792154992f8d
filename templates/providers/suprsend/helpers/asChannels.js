// The addresses of a user by channel, each channel with a list; what does not fit is left
// out, because SuprSend would refuse everything for one bad address.
function asChannels(value) {
  return asMembers(value, {
    email: asEmails,
    sms: asPhones,
    whatsapp: asPhones,
    slack_email: asEmails,
    slack_user_id: asSlackIds,
    slack: asObjects,
    androidpush_fcm: asTokens,
    androidpush_xiaomi: asTokens,
    androidpush_oppo: asTokens,
    iospush_apns: asTokens,
    webpush: asObjects,
    ms_teams: asObjects,
  });
}
