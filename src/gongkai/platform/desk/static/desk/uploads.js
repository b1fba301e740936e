// Files one by one, with progress; a refusal stands beside its file. Without JavaScript the form posts them together.
for (const form of document.querySelectorAll("form[data-uploads]")) {
  const field = form.querySelector("input[type=file]");
  const list = form.querySelector("[data-upload-list]");
  const words = JSON.parse(document.getElementById("upload-words").textContent);
  form.addEventListener("submit", (event) => {
    if (!field.files.length) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    send([...field.files], form, field, list, words);
  }, true);
}

async function send(files, form, field, list, words) {
  const button = form.querySelector("button[type=submit]");
  button.setAttribute("aria-disabled", "true");
  let refused = 0;
  for (const file of files) {
    const line = document.createElement("li");
    const bar = document.createElement("progress");
    const said = document.createElement("span");
    bar.max = file.size || 1;
    bar.value = 0;
    bar.setAttribute("aria-label", file.name);
    line.append(`${file.name} `, bar, said);
    list.append(line);
    const why = await one(file, form, field.name, bar, words);
    bar.remove();
    if (why) {
      refused += 1;
      line.className = "wrong";
      said.textContent = why;
    } else {
      said.textContent = words.done;
    }
  }
  button.removeAttribute("aria-disabled");
  field.value = "";
  if (!refused) window.location.reload();
  else form.querySelector("[data-upload-again]")?.removeAttribute("hidden");
}

function one(file, form, name, bar, words) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const body = new FormData(form);
    body.delete(name);
    body.set(name, file);
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (event) => {
      bar.value = event.loaded;
    });
    request.addEventListener("load", () => {
      let told = {};
      try {
        told = JSON.parse(request.responseText);
      } catch {
        told = {};
      }
      if (request.status < 300 && told.kept) resolve("");
      else resolve(told.why || (request.status === 413 ? words.large : words.failed));
    });
    request.addEventListener("error", () => resolve(words.failed));
    request.send(body);
  });
}
