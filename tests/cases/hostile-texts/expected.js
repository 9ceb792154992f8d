const TRACK = Object.freeze({
  '"; process.exit(); //': Object.freeze([trackProcessExitQuotes]),
});

// track/"; process.exit(); ///workflow/quotes
async function trackProcessExitQuotes(event, settings, call) {
  const route = 'track/"; process.exit(); ///workflow/quotes';
  const fields = {
    name: "quotes",
    to: required(
      asRecipients(event.userId),
      "workflow.to is missing: $.userId",
    ),
    payload: {
      comment: "*/ alert(1) /*",
      template: "`${settings.apiKey}`",
      html: "\u003c/script>\u003c!--",
      lines: "one\ntwo\r\nthree\u2028four\u2029five\u0085six",
      invisible: "\u0000\u202eabc\ufeff",
      backslashes: "C:\\new\\u0041",
      quotes: 'it\'s "quoted"',
    },
  };
  await triggerWorkflow(call, route, fields);
}
