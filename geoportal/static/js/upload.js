// Drag and drop, and a bar while a file is sent. Without this script the form is an ordinary one.
const form = document.querySelector("[data-upload]");
const faults = form.querySelector("[data-faults]");
const progress = form.querySelector("[data-progress]");
const drop = form.querySelector("[data-drop]");
const input = form.querySelector("input[type=file]");

function tell(words) {
  faults.replaceChildren(
    ...words.map((sentence) => Object.assign(document.createElement("p"), { textContent: sentence })),
  );
  faults.hidden = words.length === 0;
  progress.hidden = true;
  form.querySelector("[type=submit]").disabled = false;
}

function send() {
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "application/json");
  request.responseType = "json";
  request.upload.addEventListener("progress", (event) => {
    const percent = event.lengthComputable ? Math.round((event.loaded / event.total) * 100) : 0;
    progress.querySelector("progress").value = percent;
    progress.querySelector("[data-sent]").textContent = `${percent} %`;
  });
  request.addEventListener("load", () => {
    if (request.response?.url) location.assign(request.response.url);
    else if (request.response?.faults) tell(request.response.faults);
    else if (request.response?.title) tell([request.response.title, request.response.advice]);
    else location.reload();
  });
  request.addEventListener("error", () => tell([form.dataset.broken]));
  request.send(new FormData(form));
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const size = [...input.files].reduce((sum, file) => sum + file.size, 0);
  if (size > Number(form.dataset.limit)) return tell([form.dataset.large]);
  progress.hidden = false;
  form.querySelector("[type=submit]").disabled = true;
  return send();
});

for (const kind of ["dragover", "dragenter"]) {
  drop.addEventListener(kind, (event) => {
    event.preventDefault();
    drop.classList.add("is-over");
  });
}
for (const kind of ["dragleave", "drop"]) drop.addEventListener(kind, () => drop.classList.remove("is-over"));
drop.addEventListener("drop", (event) => {
  event.preventDefault();
  input.files = event.dataTransfer.files;
});
