// The style before promises: callbacks, `var`, `self`, and a promise around it all.
var BASE = "https://api.example.com";

function request(path, payload, callback) {
  var done = false;
  var timer = setTimeout(function () {
    if (!done) callback(new Error("took too long"));
    done = true;
  }, 2500);
  fetch(BASE + path, { method: "POST", body: JSON.stringify(payload) }).then(
    function (response) {
      clearTimeout(timer);
      if (!done) callback(null, response);
      done = true;
    },
    function (error) {
      clearTimeout(timer);
      if (!done) callback(error);
      done = true;
    },
  );
}

function Sender(settings) {
  var self = this;
  self.key = settings.apiKey;
  self.send = function (event, callback) {
    request("/" + event.type, { key: self.key, id: event.messageId }, callback);
  };
}

async function onTrack(event, settings) {
  return new Promise(function (resolve, reject) {
    new Sender(settings).send(event, function (error, response) {
      if (error) return reject(new RetryError(error.message));
      if (response.status === 200) return resolve(response);
      reject(new Error("status " + response.status));
    });
  });
}

onPage = onTrack;
