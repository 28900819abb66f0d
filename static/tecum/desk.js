/* The desk: order by drag and keyboard, texts that are not lost, selections, the divided page. Works beside htmx. */
"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const said = (words) => { const line = document.getElementById("desk-said"); if (line) { line.textContent = words; } };
  const alarm = (words) => {
    const box = document.getElementById("desk-alert");
    if (!box) { return; }
    box.textContent = words;
    box.hidden = !words;
    if (words) { box.scrollIntoView({ block: "nearest" }); }
  };
  const token = () => document.querySelector("input[name=csrfmiddlewaretoken]")?.value || "";

  // Numbers. The server says the order; a list here shows it, open forms included. -------------------------------------
  const renumber = (list) => {
    let number = 0;
    all(":scope > li[data-item]", list).forEach((item) => {
      number += 1;
      all("[data-number]", item).forEach((place) => { place.textContent = String(number); });
    });
    all(`[data-count="${list.dataset.list}"]`).forEach((count) => { count.textContent = String(number); });
    all(`[data-empty="${list.dataset.list}"]`).forEach((words) => { words.hidden = number > 0; });
  };
  const arrange = (list, ids) => {
    const items = new Map(all(":scope > li[data-item]", list).map((item) => [item.dataset.item, item]));
    const held = document.activeElement;
    const right = ids.map((id) => items.get(String(id))).filter(Boolean);
    const wanted = new Set(right);
    const shown = [...items.values()].filter((item) => wanted.has(item));
    if (right.some((item, place) => shown[place] !== item)) { right.forEach((item) => list.append(item)); }
    if (held && held !== document.activeElement && list.contains(held)) { held.focus({ preventScroll: true }); }
    renumber(list);
    return right.length === ids.length && right.length === items.size;
  };
  const follow = (order) => {
    const list = document.querySelector(`[data-list="${order.dataset.order}"]`);
    if (list) { arrange(list, order.dataset.ids.split(",").filter(Boolean)); }
  };

  // Moving: the row goes at once, the server's answer decides. -----------------------------------------------------------
  const move = async (list, item, fields) => {
    alarm("");
    const body = new URLSearchParams({ ...fields, csrfmiddlewaretoken: token() });
    try {
      const answer = await fetch(`${list.dataset.base}${item.dataset.item}/move/`, {
        method: "POST", body, headers: { Accept: "application/json" }, redirect: "error",
      });
      const data = await answer.json();
      if (!answer.ok) { throw new Error(data.message); }
      arrange(list, data.order);
      const order = document.getElementById(`${list.dataset.list}-order`);
      if (order) { order.dataset.ids = data.order.join(","); }
      said(data.message);
    } catch (error) {
      const order = document.getElementById(`${list.dataset.list}-order`);
      if (order) { follow(order); }
      alarm(error.message || document.getElementById("desk-alert")?.dataset.gone || "");
    }
  };
  const step = (item, by) => {
    const list = item.closest("[data-list]");
    const other = by < 0 ? item.previousElementSibling : item.nextElementSibling;
    if (!list || !other) { return; }
    const held = document.activeElement;
    if (by < 0) { other.before(item); } else { other.after(item); }
    renumber(list);
    held?.focus({ preventScroll: true });
    item.scrollIntoView({ block: "nearest" });
    move(list, item, { by: String(by) });
  };
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-move]")) { return; }
    event.preventDefault();
    step(event.target.closest("li"), Number(event.submitter.value));
  });
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || !["ArrowUp", "ArrowDown"].includes(event.key)) { return; }
    const item = event.target.closest?.("[data-sortable] > li[data-item]");
    if (!item || event.target.matches("textarea, input, select")) { return; }
    event.preventDefault();
    step(item, event.key === "ArrowUp" ? -1 : 1);
  });
  const makeSortable = () => {
    if (!window.Sortable) { return; }
    all("[data-sortable]").forEach((list) => {
      if (list.dataset.ready) { return; }
      list.dataset.ready = "yes";
      window.Sortable.create(list, {
        handle: "[data-grip]", draggable: "li[data-item]", animation: 0, ghostClass: "item-ghost",
        onEnd: (event) => {
          if (event.oldDraggableIndex === event.newDraggableIndex) { return; }
          renumber(list);
          move(list, event.item, { to: String(event.newDraggableIndex + 1) });
        },
      });
    });
  };

  // Text that is not saved yet: say so before it is left; never swap it away for an error page. ---------------------------
  const dirty = () => all("form[data-unsaved][data-dirty]").length > 0;
  let leaving = false;
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-unsaved]");
    if (form) { form.dataset.dirty = "yes"; }
    all("[data-paragraphs]").forEach((line) => {
      if (line.dataset.paragraphs !== event.target.id) { return; }
      const count = event.target.value.split(/\n[ \t]*\n/).filter((text) => text.trim()).length;
      line.textContent = count ? `${count} ${line.dataset.word}` : "";
    });
  });
  document.addEventListener("submit", (event) => { if (event.target.matches("form[data-unsaved]")) { leaving = !event.defaultPrevented; } });
  window.addEventListener("beforeunload", (event) => { if (dirty() && !leaving) { event.preventDefault(); } });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const detail = event.detail;
    if (detail.xhr.status === 422) { detail.shouldSwap = true; detail.isError = false; return; }
    // A whole page instead of a fragment: the session ended, its sign-in page must not take the place of somebody's text.
    if (/^\s*<!doctype/i.test(detail.xhr.responseText || "")) {
      detail.shouldSwap = false;
      if (detail.xhr.status < 400) { alarm(document.getElementById("desk-alert")?.dataset.signedOut || ""); }
    }
  });
  ["htmx:responseError", "htmx:sendError", "htmx:timeout"].forEach((name) => {
    document.addEventListener(name, () => { alarm(document.getElementById("desk-alert")?.dataset.gone || ""); });
  });
  document.addEventListener("htmx:afterRequest", (event) => { if (event.detail.successful) { alarm(""); } });
  // Who types keeps the focus: what arrives meanwhile, a form or an answer, would take the letters that follow.
  const typingOutside = (part) => {
    const held = document.activeElement;
    return Boolean(held?.matches("input, textarea, select")) && !part?.contains(held);
  };
  document.addEventListener("htmx:afterSwap", (event) => {
    // htmx focuses [autofocus] right after this; an answer may put its parts in several places.
    if (typingOutside(event.detail.elt)) { all("[autofocus]").forEach((field) => { field.removeAttribute("autofocus"); }); }
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    all("[data-order]").forEach(follow);
    if (!typingOutside(event.detail.elt)) { event.detail.elt?.querySelector?.("[data-error-summary]")?.focus(); }
  });
  document.addEventListener("click", (event) => {
    const close = event.target.closest("[data-close]");
    if (!close || !document.querySelector("[data-document]")) { return; }
    event.preventDefault();
    const part = close.closest(close.dataset.close);
    const add = part.closest(".part-add, .document-part")?.querySelector(".part-add a.btn");
    part.remove();
    add?.focus();
  });

  // Selections over a list. ------------------------------------------------------------------------------------------------
  const count = (form) => {
    const boxes = all("input[name=pk]", form);
    const whole = form.querySelector("input[name=all]");
    const ticked = boxes.filter((box) => box.checked).length;
    const number = whole?.checked ? Number(whole.dataset.total) : ticked;
    all("[data-selected]", form).forEach((place) => { place.textContent = String(number); });
    all("[data-needs-selection]", form).forEach((button) => { button.disabled = number === 0; });
    all("[data-nothing-selected]", form).forEach((hint) => { hint.classList.toggle("invisible", number !== 0); });
    all("[data-select-page]", form).forEach((head) => {
      head.checked = boxes.length > 0 && ticked === boxes.length;
      head.indeterminate = ticked > 0 && ticked < boxes.length;
    });
    offer(form, whole?.checked ? [] : boxes.filter((box) => box.checked));
  };
  // Of the papers, those can be chosen that a ticked row has; where not all have it, the box says how many. Nothing moves: who
  // ticks row after row would else hit the wrong one.
  const offer = (form, ticked) => {
    all("[data-kinds]", form).forEach((choice) => {
      const kinds = choice.dataset.kinds.split(" ");
      const having = ticked.filter((box) => kinds.includes(box.dataset.kind)).length;
      choice.querySelector("input").disabled = ticked.length > 0 && having === 0;
      const place = choice.querySelector("[data-having]");
      place.classList.toggle("invisible", having === ticked.length);
      place.textContent = `${having}/${ticked.length}`;
    });
  };
  document.addEventListener("change", (event) => {
    const box = event.target;
    if (box.matches("[data-tick]")) {
      all(`input[type=checkbox]`, box.closest("[data-ticks]")).forEach((one) => { one.checked = box.checked; });
    }
    const form = box.closest("form[data-selection]");
    if (!form) { return; }
    if (box.matches("[data-select-page]")) { all("input[name=pk]", form).forEach((one) => { one.checked = box.checked; }); }
    if (box.name === "pk" || box.matches("[data-select-page]")) {
      const whole = form.querySelector("input[name=all]");
      if (whole) { whole.checked = false; }
    }
    count(form);
  });

  // The divided page: facts left, paper right. -------------------------------------------------------------------------------
  const setSplit = (handle, percent) => {
    const share = Math.min(75, Math.max(25, percent));
    handle.parentElement.style.setProperty("--split", `${share}%`);
    handle.setAttribute("aria-valuenow", String(Math.round(share)));
    try { localStorage.setItem("tecum-split", String(share)); } catch { /* private mode */ }
  };
  const divide = (handle) => {
    let kept = null;
    try { kept = localStorage.getItem("tecum-split"); } catch { /* private mode */ }
    if (kept) { setSplit(handle, Number(kept)); }
    handle.addEventListener("keydown", (event) => {
      const by = { ArrowLeft: -4, ArrowRight: 4 }[event.key];
      if (!by) { return; }
      event.preventDefault();
      setSplit(handle, Number(handle.getAttribute("aria-valuenow")) + by);
    });
    handle.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      handle.setPointerCapture(event.pointerId);
      const page = handle.parentElement;
      page.classList.add("split-moving");
      const drag = (moved) => {
        const box = page.getBoundingClientRect();
        setSplit(handle, ((moved.clientX - box.left) / box.width) * 100);
      };
      handle.addEventListener("pointermove", drag);
      handle.addEventListener("pointerup", () => { handle.removeEventListener("pointermove", drag); page.classList.remove("split-moving"); }, { once: true });
    });
  };

  document.addEventListener("DOMContentLoaded", () => {
    makeSortable();
    all("form[data-selection]").forEach(count);
    all("[data-split]").forEach(divide);
  });
})();
