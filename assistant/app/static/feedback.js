// The chat page: helpful or not, with a reason. What was told stays told while the visit lasts.
"use strict";

(() => {
  const TOLD = "policy-assistant.told";

  function key(bar) {
    return `${bar.closest(".turn").dataset.turn} ${bar.dataset.about}`;
  }

  function told() {
    try {
      return JSON.parse(sessionStorage.getItem(TOLD)) ?? [];
    } catch {
      return [];
    }
  }

  async function send(bar, verdict) {
    const said = bar.querySelector(".said");
    const about = JSON.parse(bar.dataset.about);
    if (verdict.verdict === "helpful") delete about.question; // only the form says that the question is sent along
    said.textContent = "";
    let stored = false;
    try {
      const response = await fetch("/api/v1/feedback", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ ...about, ...verdict }),
      });
      stored = response.ok;
    } catch {
      stored = false;
    }
    if (stored) {
      try {
        sessionStorage.setItem(TOLD, JSON.stringify([...told(), key(bar)].slice(-100)));
      } catch {
        // Storage is closed to us: the thanks last until the page changes.
      }
      close(bar);
      bar.querySelector(".verdicts").remove();
    }
    said.textContent = stored ? bar.dataset.thanks : bar.dataset.feedbackFailed;
    if (stored) {
      said.tabIndex = -1; // the button that was chosen is gone: go on from here by keyboard
      said.focus({ preventScroll: true });
    }
    return stored;
  }

  function form(bar) {
    const next = bar.nextElementSibling;
    return next?.matches(".feedback") ? next : null;
  }

  function close(bar) {
    form(bar)?.remove();
    bar.querySelector('[data-verdict="not_helpful"]')?.setAttribute("aria-expanded", "false");
  }

  function open(bar) {
    const copy = document.getElementById("feedback-form").content.firstElementChild.cloneNode(true);
    bar.querySelector(".said").textContent = "";
    bar.after(copy);
    bar.querySelector('[data-verdict="not_helpful"]').setAttribute("aria-expanded", "true");
    copy.querySelector("input").focus({ preventScroll: true });
    copy.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    if (!button) return;
    if (button.id === "clear") sessionStorage.removeItem(TOLD);
    const bar = button.closest(".take-along");
    if (button.dataset.verdict === "helpful") send(bar, { verdict: "helpful" });
    if (button.dataset.verdict === "not_helpful") (form(bar) ? close : open)(bar);
    if (button.dataset.do === "cancel") {
      const opened = button.closest(".feedback").previousElementSibling;
      close(opened);
      opened.querySelector('[data-verdict="not_helpful"]').focus();
    }
  });

  document.addEventListener("submit", async (event) => {
    const filled = event.target;
    if (!(filled instanceof Element) || !filled.matches(".feedback")) return;
    event.preventDefault();
    const values = new FormData(filled);
    const bar = filled.previousElementSibling;
    const submit = filled.querySelector(".send");
    submit.disabled = true;
    await send(bar, { verdict: "not_helpful", reason: values.get("reason"), text: values.get("text").trim() });
    submit.disabled = false;
  });

  // Gradio draws a turn anew when it moves up: it must not ask again.
  new MutationObserver(() => {
    const bars = document.querySelectorAll(".take-along:not([data-seen])");
    if (!bars.length) return;
    const before = told();
    for (const bar of bars) {
      bar.dataset.seen = "";
      if (before.includes(key(bar))) bar.querySelector(".verdicts")?.remove();
    }
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
