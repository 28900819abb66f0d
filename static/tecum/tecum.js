/* What every screen does beside htmx. Loaded in the head without `defer`, so that the theme stands before the first paint. */
"use strict";
(() => {
  const root = document.documentElement;
  const stored = (name) => { try { return localStorage.getItem(name); } catch { return null; } };
  const keep = (name, value) => { try { localStorage.setItem(name, value); } catch { /* private mode: lasts for this page */ } };

  // Light or dark: what the reader chose here, else what the system says. --------------------------------------------
  const system = matchMedia("(prefers-color-scheme: dark)");
  const paint = () => { root.dataset.bsTheme = stored("tecum-theme") || (system.matches ? "dark" : "light"); };
  root.classList.add("js");
  paint();
  system.addEventListener("change", paint);

  const toggleTheme = () => {
    keep("tecum-theme", root.dataset.bsTheme === "dark" ? "light" : "dark");
    paint();
  };

  // Navigation on narrow screens. ------------------------------------------------------------------------------------
  const toggleNav = (button) => {
    const open = root.classList.toggle("nav-open");
    button.setAttribute("aria-expanded", String(open));
    if (open) { document.querySelector("#sidenav a")?.focus(); }
  };

  // The bar of a case's rooms is one line on narrow screens: the room where one is stands in sight. ---------------------
  const showRoom = () => {
    const [bar, here] = [document.querySelector(".case-nav ul"), document.querySelector(".case-nav [aria-current]")];
    if (bar && here) { bar.scrollLeft = here.offsetLeft - (bar.clientWidth - here.offsetWidth) / 2; }
  };

  // Rows by keyboard: j, k, o, x over [data-row] elements. -----------------------------------------------------------
  const rows = () => [...document.querySelectorAll("[data-row]")].filter((row) => row.offsetParent !== null);
  const current = () => document.querySelector("[data-row].row-current");
  const stepTo = (by) => {
    const all = rows();
    if (!all.length) { return; }
    const at = all.indexOf(current());
    const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1)];
    current()?.classList.remove("row-current");
    next.classList.add("row-current");
    (next.querySelector("[data-open], a[href]") || next).focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  };
  const openRow = () => { (current()?.querySelector("[data-open]") || current()?.querySelector("a[href]"))?.click(); };
  const selectRow = () => { current()?.querySelector("input[type=checkbox]")?.click(); };

  // Keys. ------------------------------------------------------------------------------------------------------------
  const keysOn = () => stored("tecum-keys") !== "off";
  const showKeys = () => {
    const dialog = document.getElementById("keys");
    if (!dialog || dialog.open) { return; }
    dialog.querySelector("[data-keys-switch]").checked = keysOn();
    dialog.showModal();
  };
  const acts = {
    "/": () => { (document.querySelector("[data-search]") || document.getElementById("search"))?.focus(); },
    "?": showKeys,
    j: () => stepTo(1),
    k: () => stepTo(-1),
    o: openRow,
    x: selectRow,
    a: () => { document.querySelector("[data-select-page]")?.click(); },
    e: () => { document.querySelector("[data-edit]")?.click(); },
  };
  const typing = (element) => element?.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable=true], dialog");
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) { return; }
    if (event.key === "Escape") {
      document.querySelectorAll("details[data-menu][open]").forEach((menu) => { menu.open = false; menu.querySelector("summary").focus(); });
      return;
    }
    if (!keysOn() || typing(event.target) || !acts[event.key]) { return; }
    event.preventDefault();
    acts[event.key]();
  });

  // Rows that are added to a formset: the <template> is the empty form, __prefix__ its number. -----------------------
  const addForm = (button) => {
    const set = button.closest("[data-formset]");
    const total = set.querySelector("input[name$=-TOTAL_FORMS]");
    const html = set.querySelector("template").innerHTML.replaceAll("__prefix__", total.value);
    const holder = set.querySelector("[data-forms]");
    holder.insertAdjacentHTML("beforeend", html);
    total.value = String(Number(total.value) + 1);
    holder.lastElementChild.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  };

  // Fields that matter only for one choice: [data-when="field=value"]; hidden from sight, never emptied. -------------
  const showWhen = () => {
    document.querySelectorAll("[data-when]").forEach((part) => {
      const [name, wanted] = part.dataset.when.split("=");
      const form = part.closest("form");
      const fields = form ? [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)] : [];
      const checked = fields.find((field) => field.type !== "radio" || field.checked);
      part.hidden = Boolean(checked) && checked.value !== wanted;
    });
  };

  // Copying: [data-copy="id"] copies a field's text; selected as well, where a page over plain HTTP may not write. ----------
  const copy = async (button) => {
    const field = document.getElementById(button.dataset.copy);
    field.select();
    try { await navigator.clipboard.writeText(field.value); } catch { document.execCommand("copy"); }
    document.getElementById(button.getAttribute("aria-describedby")).textContent = button.dataset.copied;
  };

  // A warning before typed text is left behind: <form data-guard>. ----------------------------------------------------
  let dirty = false;
  document.addEventListener("input", (event) => { if (event.target.closest("form[data-guard]")) { dirty = true; } });
  document.addEventListener("submit", (event) => { if (event.target.matches("form[data-guard]")) { dirty = false; } });
  window.addEventListener("beforeunload", (event) => { if (dirty) { event.preventDefault(); } });

  document.addEventListener("change", (event) => {
    showWhen();
    if (event.target.matches("[data-keys-switch]")) { keep("tecum-keys", event.target.checked ? "on" : "off"); }
    if (event.target.matches("[data-submit-on-change]")) { event.target.form.requestSubmit(); }
  });
  document.addEventListener("click", (event) => {
    const at = (selector) => event.target.closest(selector);
    if (at("[data-theme-toggle]")) { toggleTheme(); }
    if (at("[data-nav-toggle]")) { toggleNav(at("[data-nav-toggle]")); }
    if (at("[data-keys-open]")) { showKeys(); }
    if (at("[data-dialog-close]")) { at("dialog").close(); }
    if (at("[data-copy]")) { copy(at("[data-copy]")); }
    if (at("[data-form-add]")) { addForm(at("[data-form-add]")); }
    document.querySelectorAll("details[data-menu][open]").forEach((menu) => { if (!menu.contains(event.target)) { menu.open = false; } });
  });
  document.addEventListener("DOMContentLoaded", () => {
    showWhen();
    document.querySelector("[data-error-summary]")?.focus();
    showRoom();
    dirty = Boolean(document.querySelector("form[data-guard] .field-bad, form[data-guard] .theirs, form[data-guard] .moves"));
  });
  document.addEventListener("htmx:afterSettle", showWhen);
  // Why a badge says what it says: the text arrives in a dialog; without this script its link leads to a page.
  document.addEventListener("htmx:afterSwap", (event) => { if (event.target.id === "explain-body") { document.getElementById("explain").showModal(); } });
})();
