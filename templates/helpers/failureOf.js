// What a status that is no success means: try again, mend a setting, or give up.
function failureOf(call, status) {
  if (!Number.isInteger(status) || status < 200 || status > 599) {
    return failure(
      "RetryError",
      call.provider + " answered with no valid status",
    );
  }
  const answered = `${call.provider} answered ${status}`;
  const hint = SETTING_HINTS[status];
  if (hint !== undefined) {
    return failure(
      "ValidationError",
      `${answered}: check the setting ${call.credential} (${hint})`,
    );
  }
  const retried = RETRIED.includes(status);
  const broken = status >= 500 && !NOT_RETRIED.includes(status);
  return failure(
    retried || broken ? "RetryError" : "InvalidEventPayload",
    answered,
  );
}
