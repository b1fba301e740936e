// The workspace of the annual report: tokens and sentences go in where the caret stands, what stands beside the text follows the text.
const form = document.getElementById("work");
if (form) work(form);

function work(form) {
  const words = JSON.parse(document.getElementById("annual-words").textContent);
  const state = document.getElementById("live-state");
  const area = (number) => form.querySelector(`textarea[data-section="${number}"]`);
  for (const button of form.querySelectorAll(".savebar button[value=check]")) button.hidden = true; // the audit runs by itself
  let timer = 0;
  let newest = 0;

  const put = (field, text, start, end) => {
    field.focus();
    field.setSelectionRange(start, end);
    if (!document.execCommand("insertText", false, text)) field.setRangeText(text, start, end, "end"); // execCommand keeps “undo”
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };

  // A whole sentence goes in after the sentence in which the caret stands.
  const sentence = (text, caret) => {
    if (caret === 0 || /[。；\n]/.test(text[caret - 1])) return caret;
    const end = text.slice(caret).search(/[。\n]/);
    return end < 0 ? text.length : caret + end + (text[caret + end] === "。" ? 1 : 0);
  };

  // The text has changed since the list of numbers was made: the place no longer holds, the number is looked for.
  const found = (field, start, end, number) => {
    if (field.value.slice(start, end) === number) return [start, end];
    const at = field.value.indexOf(number);
    return at >= 0 && field.value.indexOf(number, at + 1) < 0 ? [at, at + number.length] : null;
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=insert], button[name=replace]"); // also those above the form, where two texts met
    if (!button || button.form !== form) return;
    const [number, ...rest] = button.value.split("|");
    const field = area(number);
    if (!field) return;
    event.preventDefault();
    if (button.name === "insert") {
      const text = rest.join("|");
      const caret = field === last ? field.selectionEnd : field.value.length;
      if (text.includes("。")) {
        const after = sentence(field.value, caret);
        put(field, text, after, after);
      } else put(field, text, field === last ? field.selectionStart : caret, caret);
      return;
    }
    const place = found(field, Number(rest[0]), Number(rest[1]), button.dataset.number ?? "");
    if (place) put(field, `{{${rest[2]}}}`, ...place);
    look();
  });
  // Two wordings of one sentence: the one that stands in the text gives way to the one that is pressed.
  for (const row of document.querySelectorAll("[data-clash][data-now]")) {
    row.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-choice]");
      const field = button && area(row.dataset.clash);
      const now = field && row.dataset[row.dataset.now || "both"];
      const at = now ? field.value.indexOf(now) : -1;
      if (at < 0) return; // written otherwise meanwhile: the server looks
      event.preventDefault();
      put(field, row.dataset[button.dataset.choice], at, at + now.length);
      row.dataset.now = button.dataset.choice;
      for (const each of row.querySelectorAll("button[data-choice]")) each.setAttribute("aria-pressed", String(each === button));
    });
  }
  let last = null;
  form.addEventListener("focusin", (event) => {
    if (event.target.matches("textarea[data-section]")) last = event.target;
  });

  const look = async () => {
    const mine = ++newest;
    const body = new FormData();
    for (const [name, value] of new FormData(form)) if (/^(section\d|based_on|csrfmiddlewaretoken)$/.test(name)) body.append(name, value);
    state.textContent = words.checking;
    try {
      const answer = await fetch(form.dataset.live, { method: "POST", body });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      const text = await answer.text();
      if (mine !== newest) return;
      swap(new DOMParser().parseFromString(text, "text/html"));
      state.textContent = words.checked;
    } catch {
      if (mine === newest) state.textContent = words.failed;
    }
  };

  // What somebody is filling in, has opened or stands on in the old part is kept in the new one.
  const swap = (page) => {
    for (const fresh of page.querySelectorAll("[data-live]")) {
      const old = document.getElementById(fresh.id);
      if (!old) continue;
      const at = document.activeElement?.id;
      for (const box of old.querySelectorAll("details[id]")) {
        const same = fresh.querySelector(`#${CSS.escape(box.id)}`);
        if (same) same.open = box.open;
      }
      for (const field of old.querySelectorAll("textarea[id]")) {
        const same = fresh.querySelector(`#${CSS.escape(field.id)}`);
        if (same) same.value = field.value;
      }
      const inside = old.contains(document.activeElement);
      old.replaceWith(fresh);
      if (inside && at) document.getElementById(at)?.focus();
    }
  };
  form.addEventListener("input", (event) => {
    if (!event.target.matches("textarea[data-section]")) return;
    clearTimeout(timer);
    timer = setTimeout(look, 900);
  });
}
