// A comment is about the words that are selected: they are put into its field when it is opened.
let chosen = "";

const selected = (section) => {
  const field = section?.querySelector("textarea[data-section]");
  if (field) return field.value.slice(field.selectionStart, field.selectionEnd);
  const here = window.getSelection();
  return here && section?.contains(here.anchorNode) ? String(here) : "";
};

for (const box of document.querySelectorAll("details[data-comment]")) {
  const section = box.closest(".annual-section");
  box.querySelector("summary").addEventListener("pointerdown", () => {
    chosen = selected(section);
  });
  box.addEventListener("toggle", () => {
    const field = box.querySelector("input[name^=quote]");
    if (box.open && field && !field.value) field.value = (chosen || selected(section)).trim().slice(0, 300);
  });
}
