/* The editor of a response: one key sets an answer, one goes on; a draft saves itself. Works beside htmx, before tecum.js. */
"use strict";
(() => {
  const form = () => document.getElementById("answer");
  const stored = (name) => { try { return localStorage.getItem(name); } catch { return null; } };
  const keysOn = () => stored("tecum-keys") !== "off";
  const typing = (element) => element?.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable=true], dialog");
  const typed = (element) => element?.closest("textarea, input:not([type=checkbox], [type=radio])");
  const at = (key) => document.querySelector(`[data-answer-key="${CSS.escape(key)}"]`);

  // Going on waits for the server; what is pressed meanwhile is kept and done on the request that comes. ---------------
  let busy = false;
  let waiting = [];
  let timer = 0;
  const goTo = (number) => {
    const button = document.createElement("button");
    button.type = "submit"; button.name = "go"; button.value = number; button.hidden = true;
    form().append(button);
    button.click();  // not requestSubmit: htmx sends the value of the button that was clicked
    button.remove();
  };
  const press = (key) => {
    const part = at(key);
    if (!part) { return; }
    if (part.matches("label")) { part.querySelector("input").click(); return; }
    part.click();
  };
  const acts = {
    e: () => { document.querySelector("[data-answer-text] textarea")?.focus(); },
    x: () => { document.querySelector(".line-here input[type=checkbox]")?.click(); },
    j: () => { (at("j") || document.querySelector("[data-answer-last]"))?.click(); },
  };
  const known = (key) => acts[key] || /^[a-z1-9]$/.test(key) && at(key);
  const act = (key) => { (acts[key] || (() => press(key)))(); };

  document.addEventListener("keydown", (event) => {
    if (!document.getElementById("pane")) { return; }
    if (event.key === "Escape" && typed(event.target) && event.target.closest("#answer")) {
      event.target.blur();
      document.getElementById("pane-title").focus({ preventScroll: true });
      return;
    }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.closest("#answer")) {
      event.preventDefault();
      act("j");
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || !keysOn() || typing(event.target)) { return; }
    if (busy && /^[a-z1-9]$/.test(event.key)) { event.preventDefault(); event.stopPropagation(); waiting.push(event.key); return; }
    if (!known(event.key)) { return; }
    event.preventDefault();
    event.stopPropagation();
    act(event.key);
  }, true);

  // A draft saves what is in the pane before it shows another request; what is recorded of a served paper is saved by its button.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-go]");
    if (link && form()?.hasAttribute("data-autosave") && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      goTo(link.dataset.go);
    }
  });
  document.addEventListener("submit", (event) => { if (event.target.id === "answer") { clearTimeout(timer); busy = true; } }, true);

  // Objections take the library's words, ours only; an answer that only objects says so. -------------------------------------
  document.addEventListener("change", (event) => {
    const box = event.target.closest("label[data-ground] input");
    if (!box || !form()?.contains(box)) { return; }
    const words = form().querySelector(`.words-${box.closest("label").dataset.ground}`);
    const [reason, rule] = [words.querySelector("textarea"), words.querySelector("input")];
    if (box.checked && form().hasAttribute("data-ours") && !reason.value && words.dataset.reason) {
      reason.value = words.dataset.reason;
      rule.value = rule.value || words.dataset.rule;
    }
    const silent = form().querySelector("input[name=kind][value=silent]");
    if (box.checked && silent.checked) { form().querySelector("input[name=kind][value=objection]").checked = true; }
  }, true);

  // Autosave of a draft: soon after a choice, later while somebody writes. ---------------------------------------------------
  const later = (wait) => {
    if (!form()?.hasAttribute("data-autosave")) { return; }
    clearTimeout(timer);
    timer = setTimeout(() => { if (!busy) { window.htmx.trigger(form(), "autosave"); } }, wait);
  };
  document.addEventListener("input", (event) => { if (event.target.closest("#answer") && typed(event.target)) { later(2500); } });
  document.addEventListener("change", (event) => { if (event.target.closest("#answer")) { later(600); } });
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.elt.id === "answer" && event.detail.triggeringEvent?.type === "autosave") {
      event.detail.parameters.auto = "1";
      ["go", "stay", "apply"].forEach((name) => { delete event.detail.parameters[name]; });  // a button in focus is not pressed
    }
  });
  let saidOf = "";
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.elt.id === "answer") { saidOf = JSON.stringify([...new FormData(event.detail.elt)].filter(([name]) => name !== "revision")); }
  });
  const counted = () => {
    const number = document.querySelectorAll(".lines-list input[name=to]:checked").length;
    document.querySelectorAll("[data-selected-count]").forEach((place) => { place.textContent = String(number); });
  };
  document.addEventListener("change", (event) => { if (event.target.name === "to") { counted(); } });

  // The pane has been swapped, or nothing came: go on with the keys that waited. ---------------------------------------------
  const clean = () => {
    const now = form() && JSON.stringify([...new FormData(form())].filter(([name]) => name !== "revision"));
    if (now === saidOf) { delete form().dataset.dirty; }
  };
  document.addEventListener("htmx:afterRequest", (event) => {
    const { requestConfig, successful, xhr } = event.detail;
    if (!requestConfig?.path?.endsWith("/answers/")) { return; }
    if (requestConfig.parameters?.auto) { if (successful) { clean(); } return; }
    busy = false;
    if (!successful) { waiting = []; return; }
    counted();
    document.querySelectorAll(".line-here").forEach((line) => {
      if (!line.querySelector("[aria-current]")) { line.classList.remove("line-here"); }
    });
    document.querySelector(".line-here")?.scrollIntoView({ block: "nearest" });
    if (xhr.status === 200) { document.getElementById("pane-title")?.focus({ preventScroll: true }); }
    while (waiting.length && !busy) { act(waiting.shift()); }
  });
  const look = () => { document.documentElement.classList.toggle("keys-off", !keysOn()); };
  document.addEventListener("change", (event) => { if (event.target.matches("[data-keys-switch]")) { setTimeout(look); } });
  document.addEventListener("DOMContentLoaded", () => { look(); counted(); });
})();
