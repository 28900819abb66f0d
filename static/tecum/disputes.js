/* Writing a dispute: what is typed is stored when a field is left; until then leaving the page asks first. */
"use strict";
(() => {
  const form = document.querySelector("form[data-autosave]");
  if (!form) { return; }
  let typed = 0;
  let sent = 0;
  let stored = 0;
  let leaving = false;
  form.addEventListener("input", () => { typed += 1; });
  form.addEventListener("submit", () => { leaving = true; });
  form.addEventListener("htmx:beforeRequest", () => { sent = typed; });
  document.addEventListener("htmx:afterSettle", () => { if (document.querySelector("#autosave [data-saved]")) { stored = sent; } });
  window.addEventListener("beforeunload", (event) => { if (typed > stored && !leaving) { event.preventDefault(); } });
})();
