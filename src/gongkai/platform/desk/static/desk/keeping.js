// What is typed is kept on the server while it is typed; a page that could not keep it says so and asks before it is left.
const form = document.querySelector("form[data-keep]");
if (form) watch(form);

function watch(form) {
  const status = document.getElementById("keeping");
  const words = JSON.parse(document.getElementById("keeping-words").textContent);
  let timer = 0;
  let waiting = false;
  let running = Promise.resolve();
  let sent = false;
  const say = (text, late) => {
    status.textContent = text;
    status.classList.toggle("keeping-late", Boolean(late));
  };

  const keep = async () => {
    const body = new FormData();
    for (const [name, value] of new FormData(form)) if (typeof value === "string" && name !== "once" && name !== "ticket") body.append(name, value);
    body.set("place", form.dataset.place);
    try {
      const answer = await fetch(form.dataset.keep, { method: "POST", body, keepalive: body.get("body")?.length < 20000 });
      if (answer.redirected || answer.status === 401) throw new Error("session");
      if (!answer.ok) throw new Error(String(answer.status));
      waiting = false;
      say(words.kept.replace("%s", new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })));
    } catch (error) {
      waiting = true;
      say(error.message === "session" ? words.session : words.failed, true);
    }
  };
  const soon = () => {
    if (sent) return;
    waiting = true;
    clearTimeout(timer);
    timer = setTimeout(() => {
      running = running.then(keep);
    }, 1500);
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.addEventListener("submit", () => {
    sent = true;
    clearTimeout(timer);
  });
  window.addEventListener("pageshow", () => {
    sent = false;
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && waiting && !sent) {
      clearTimeout(timer);
      keep();
    }
  });
  window.addEventListener("beforeunload", (event) => {
    if (waiting && !sent) event.preventDefault();
  });
  document.addEventListener("editor:said", (event) => say(event.detail));
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "s") {
      event.preventDefault();
      form.querySelector("button[value=save]")?.click();
    }
  });
}

// Fields that only matter for one answer are shown with that answer; without JavaScript all are shown.
for (const box of document.querySelectorAll("[data-when]")) {
  const [name, wanted] = box.dataset.when.split("=");
  const show = () => {
    const now = box.closest("form").querySelector(`[name="${name}"]:checked, select[name="${name}"]`);
    box.hidden = now?.value !== wanted;
  };
  box.closest("form").addEventListener("change", show);
  show();
}
