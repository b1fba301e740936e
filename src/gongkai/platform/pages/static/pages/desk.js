// Lists by keyboard: "/" to the search field, j and k move, Enter opens. Nothing here is needed to work.
const typing = (el) => el && (el.isContentEditable || /^(input|select|textarea)$/i.test(el.tagName));
const rows = () => [...document.querySelectorAll("[data-row] a[data-open], a[data-open]")];

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (event.key === "/") {
    const field = document.querySelector("main input[type=search], input[type=search]");
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.select?.();
  } else if (event.key === "j" || event.key === "k") {
    const all = [...new Set(rows())];
    if (!all.length) return;
    const now = all.indexOf(document.activeElement);
    const next = now < 0 ? (event.key === "j" ? 0 : all.length - 1) : now + (event.key === "j" ? 1 : -1);
    all[Math.min(Math.max(next, 0), all.length - 1)].focus();
    event.preventDefault();
  }
});

// A form is sent once: the second press of the button does nothing until the page has answered.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  for (const button of form.querySelectorAll("button[type=submit]")) button.setAttribute("aria-disabled", "true");
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("button[aria-disabled]")) button.removeAttribute("aria-disabled");
  }
});

// The error summary is where the reader goes first.
document.querySelector(".error-summary")?.focus();

// Buttons that print the page.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
