// The rich text editor over the plain textarea: ProseMirror (Tiptap) as django-prose-editor brings it, with our own toolbar.
// Without JavaScript the textarea stays as it is. Everything is cleaned on the server again.
const area = document.querySelector("textarea[data-editor]");
if (area) open(area).catch(() => area.classList.add("editor-failed"));

async function open(textarea) {
  const kit = await import(textarea.dataset.editor);
  const words = JSON.parse(document.getElementById("editor-words").textContent);
  const frame = document.createElement("div");
  frame.className = "editor";
  const bar = document.createElement("div");
  bar.className = "editor-bar";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", words.toolbar);
  bar.setAttribute("aria-controls", "editor-text");
  const sheet = document.createElement("div");
  sheet.className = "paper editor-sheet";
  frame.append(bar, sheet);
  textarea.before(frame);

  const editor = new kit.Editor({
    element: sheet,
    injectCSS: false,
    extensions: extensions(kit),
    content: textarea.value,
    editorProps: {
      transformPastedHTML: unstyled,
      handlePaste: (view, event) => paste(event, textarea, words, () => editor),
      attributes: {
        id: "editor-text",
        class: "text",
        role: "textbox",
        "aria-multiline": "true",
        "aria-label": words.text,
        ...(textarea.getAttribute("aria-describedby") && { "aria-describedby": textarea.getAttribute("aria-describedby") }),
      },
    },
    onUpdate: ({ editor: now }) => {
      textarea.value = now.isEmpty ? "" : now.getHTML();
      textarea.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
  textarea.hidden = true;
  textarea.setAttribute("aria-hidden", "true");
  textarea.tabIndex = -1;
  document.querySelector(`label[for="${textarea.id}"]`)?.addEventListener("click", (event) => {
    event.preventDefault();
    editor.commands.focus();
  });
  document.addEventListener("editor:replace", (event) => editor.commands.setContent(event.detail, { emitUpdate: true }));
  toolbar(bar, editor, words);
  frame.dataset.ready = "1";
}

// What comes from Word, WPS or a web page goes to the server first, which knows their lists, headings and tables.
function paste(event, textarea, words, editor) {
  const html = event.clipboardData?.getData("text/html") ?? "";
  const address = textarea.dataset.cleaner;
  if (!html || html.includes("data-pm-slice") || !address) return false;
  const plain = event.clipboardData.getData("text/plain");
  const body = new FormData();
  body.set("html", html);
  body.set("csrfmiddlewaretoken", textarea.form.elements.csrfmiddlewaretoken.value);
  fetch(address, { method: "POST", body, headers: { Accept: "text/html" } })
    .then((answer) => (answer.ok && !answer.redirected ? answer.text() : Promise.reject(new Error(String(answer.status)))))
    .then((clean) => editor().chain().focus().insertContent(clean).run())
    .catch(() => {
      const lines = plain.split(/\r?\n/).filter((line) => line.trim());
      const paragraphs = lines.map((text) => ({ type: "paragraph", content: [{ type: "text", text }] }));
      editor().chain().focus().insertContent(paragraphs).run();
      document.dispatchEvent(new CustomEvent("editor:said", { detail: words.pasted_plain }));
    });
  return true;
}

// Our policy admits no style attributes; what they say of alignment is kept.
function unstyled(html) {
  return html.replace(/<style\b[\s\S]*?<\/style>/gi, "").replace(/\sstyle\s*=\s*("[^"]*"|'[^']*')/gi, (_, style) => {
    const side = /text-align\s*:\s*(center|right)/i.exec(style);
    return side ? ` class="align-${side[1].toLowerCase()}"` : "";
  });
}

function extensions(kit) {
  const Align = kit.Extension.create({
    name: "align",
    addGlobalAttributes: () => [
      {
        types: ["paragraph", "heading"],
        attributes: {
          align: {
            default: null,
            parseHTML: (el) =>
              el.classList.contains("align-center") || el.style.textAlign === "center" ? "center"
                : el.classList.contains("align-right") || el.style.textAlign === "right" ? "right" : null,
            renderHTML: ({ align }) => (align ? { class: `align-${align}` } : {}),
          },
        },
      },
    ],
    addCommands: () => ({
      align: (side) => ({ commands }) =>
        ["paragraph", "heading"].map((type) => commands.updateAttributes(type, { align: side })).some(Boolean),
    }),
  });
  const Table = kit.Table.extend({ renderHTML: ({ HTMLAttributes }) => ["table", HTMLAttributes, ["tbody", 0]] });
  const plain = ["Document", "Paragraph", "Text", "Bold", "Italic", "Underline", "Strike", "Subscript", "Superscript",
    "BulletList", "OrderedList", "ListItem", "Blockquote", "HorizontalRule", "HardBreak", "TableRow", "TableCell", "TableHeader",
    "History", "Gapcursor", "Image"];
  return [
    ...plain.map((name) => kit[name]),
    kit.Heading.configure({ levels: [2, 3, 4] }),
    kit.Link.configure({ openOnClick: false, enableTarget: false, protocols: ["http", "https", "mailto", "tel"] }),
    Table,
    Align,
  ];
}

function toolbar(bar, editor, words) {
  const chain = () => editor.chain().focus();
  const groups = [
    [
      ["paragraph", () => chain().setParagraph().run(), () => editor.isActive("paragraph")],
      ["heading2", () => chain().toggleHeading({ level: 2 }).run(), () => editor.isActive("heading", { level: 2 })],
      ["heading3", () => chain().toggleHeading({ level: 3 }).run(), () => editor.isActive("heading", { level: 3 })],
      ["heading4", () => chain().toggleHeading({ level: 4 }).run(), () => editor.isActive("heading", { level: 4 })],
    ],
    [
      ["bold", () => chain().toggleBold().run(), () => editor.isActive("bold")],
      ["underline", () => chain().toggleUnderline().run(), () => editor.isActive("underline")],
      ["strike", () => chain().toggleStrike().run(), () => editor.isActive("strike")],
      ["superscript", () => chain().toggleSuperscript().run(), () => editor.isActive("superscript")],
      ["subscript", () => chain().toggleSubscript().run(), () => editor.isActive("subscript")],
    ],
    [
      ["left", () => chain().align(null).run(), () => !editor.isActive({ align: "center" }) && !editor.isActive({ align: "right" })],
      ["center", () => chain().align("center").run(), () => editor.isActive({ align: "center" })],
      ["right", () => chain().align("right").run(), () => editor.isActive({ align: "right" })],
    ],
    [
      ["bullets", () => chain().toggleBulletList().run(), () => editor.isActive("bulletList")],
      ["numbers", () => chain().toggleOrderedList().run(), () => editor.isActive("orderedList")],
      ["quote", () => chain().toggleBlockquote().run(), () => editor.isActive("blockquote")],
      ["link", () => link(editor), () => editor.isActive("link")],
    ],
    [
      ["table", () => chain().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run()],
      ["rowAfter", () => chain().addRowAfter().run(), null, "table"],
      ["rowDelete", () => chain().deleteRow().run(), null, "table"],
      ["columnAfter", () => chain().addColumnAfter().run(), null, "table"],
      ["columnDelete", () => chain().deleteColumn().run(), null, "table"],
      ["merge", () => chain().mergeOrSplit().run(), null, "table"],
      ["head", () => chain().toggleHeaderRow().run(), null, "table"],
      ["tableDelete", () => chain().deleteTable().run(), null, "table"],
    ],
    [
      ["undo", () => chain().undo().run()],
      ["redo", () => chain().redo().run()],
    ],
  ];
  const shown = [];
  for (const group of groups) {
    const box = document.createElement("span");
    box.className = "editor-group";
    for (const [name, run, active, only] of group) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = `editor-${name}`;
      button.textContent = words[name][0];
      button.title = words[name][1];
      button.setAttribute("aria-label", words[name][1]);
      button.tabIndex = shown.length ? -1 : 0;
      button.addEventListener("click", run);
      box.append(button);
      shown.push([button, active, only]);
    }
    bar.append(box);
  }
  bar.addEventListener("keydown", (event) => walk(event, shown.map(([button]) => button)));
  const refresh = () => {
    for (const [button, active, only] of shown) {
      if (active) button.setAttribute("aria-pressed", String(Boolean(active())));
      if (only) button.hidden = !editor.isActive(only);
    }
  };
  editor.on("transaction", refresh);
  refresh();
}

// One stop for the Tab key; arrows, Home and End move within the toolbar.
function walk(event, all) {
  const buttons = all.filter((button) => !button.hidden);
  const now = buttons.indexOf(document.activeElement);
  const rtl = getComputedStyle(document.body).direction === "rtl";
  const step = { ArrowRight: rtl ? -1 : 1, ArrowLeft: rtl ? 1 : -1 }[event.key];
  const next = event.key === "Home" ? 0 : event.key === "End" ? buttons.length - 1 : step ? now + step : -1;
  if (next < 0 || next >= buttons.length || now < 0) return;
  event.preventDefault();
  buttons[now].tabIndex = -1;
  buttons[next].tabIndex = 0;
  buttons[next].focus();
}

function link(editor) {
  if (editor.isActive("link")) {
    editor.chain().focus().extendMarkRange("link").unsetLink().run();
    return;
  }
  const dialog = document.getElementById("editor-link");
  const field = dialog.querySelector("input");
  field.value = "";
  dialog.returnValue = "";
  dialog.onclose = () => {
    const href = field.value.trim();
    if (dialog.returnValue !== "set" || !href) {
      editor.commands.focus();
      return;
    }
    const chain = editor.chain().focus();
    if (editor.state.selection.empty) chain.insertContent({ type: "text", text: href, marks: [{ type: "link", attrs: { href } }] }).run();
    else chain.setLink({ href }).run();
  };
  dialog.showModal();
}
