// While a request is registered: who asked before, and what. The answer comes ready to be shown; the form works without this.
const form = document.querySelector("form[data-likeness]");
const watched = ["name", "identity_number", "organisation_code", "phone", "email", "title", "description"];
let waiting = 0;
let newest = 0;

async function look() {
  const mine = ++newest;
  const typed = new FormData();
  typed.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  for (const name of watched) typed.set(name, form.elements[name]?.value ?? "");
  try {
    const answer = await fetch(form.dataset.likeness, { method: "POST", body: typed, credentials: "same-origin" });
    if (!answer.ok || mine !== newest) return;
    const told = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("likeness");
    if (told) document.getElementById("likeness").replaceWith(told);
  } catch {
    // No connection: what is known appears when the form is sent.
  }
}

form?.addEventListener("change", (event) => {
  if (!watched.includes(event.target.name)) return;
  clearTimeout(waiting);
  waiting = setTimeout(look, 150);
});
