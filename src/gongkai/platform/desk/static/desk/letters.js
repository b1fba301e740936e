// While a letter is drafted: which of the contents that the law demands are written already; rows are added as they are filled.
const form = document.querySelector("form[data-letter]");
const list = document.querySelector("[data-contents]");

function filled(place) {
  const own = form.elements[place];
  if (own && "value" in own) return own.value.trim() !== "";
  return [...form.querySelectorAll(`[data-place="${place}"]`)].some((cell) => cell.value.trim() !== "");
}

function tick() {
  for (const item of list?.querySelectorAll("[data-places]") ?? []) {
    const said = item.dataset.places.split(" ").some(filled);
    item.classList.toggle("said", said);
    item.querySelector(".sign").textContent = said ? "✓" : "○";
  }
}

function grow(body) {
  const rows = [...body.rows];
  const last = rows.at(-1);
  if (!last || rows.length >= 60 || [...last.querySelectorAll("[data-place]")].every((cell) => cell.value.trim() === "")) return;
  const next = last.cloneNode(true);
  for (const cell of next.querySelectorAll("[data-place]")) {
    const [place, line, column] = cell.name.split("_");
    cell.name = `${place}_${Number(line) + 1}_${column}`;
    cell.value = "";
  }
  body.append(next);
}

form?.addEventListener("input", (event) => {
  tick();
  const body = event.target.closest("[data-rows]");
  if (body) grow(body);
});
if (form) tick();
