// The chat page: citations open in the source panel, example questions are asked, complete answers are announced.
// One listener for the whole document serves answers that stream in later.
"use strict";

(() => {
  const WIDE = window.matchMedia("(min-width: 901px)");
  const CALM = window.matchMedia("(prefers-reduced-motion: reduce)");
  const behavior = () => (CALM.matches ? "auto" : "smooth");
  const byId = (id) => document.getElementById(id);
  let opener = null;
  let request = 0;
  let announced = "";
  let scrolledAway = false;
  let untouchedSources = null;

  const live = document.createElement("div");
  live.className = "visually-hidden";
  live.setAttribute("role", "status");
  live.setAttribute("aria-live", "polite");

  // --- Source panel ---

  function markOpened(link) {
    document.querySelectorAll("[data-panel].opened").forEach((other) => other.classList.remove("opened"));
    const panel = link.dataset.panel;
    const turn = link.closest(".turn");
    if (!turn) return;
    turn.querySelectorAll("[data-panel]").forEach((other) => {
      if (other.dataset.panel === panel && other.dataset.marker === link.dataset.marker) other.classList.add("opened");
    });
  }

  async function openSource(link, takeFocus) {
    const body = byId("sources-body");
    if (!body) return false;
    const mine = ++request;
    let html;
    try {
      const response = await fetch(link.dataset.panel, { headers: { accept: "text/html" } });
      if (!response.ok) throw new Error(String(response.status));
      html = await response.text();
    } catch {
      html = "";
    }
    if (mine !== request) return true;
    showSource(link, html, takeFocus);
    return true;
  }

  function showSource(link, html, takeFocus) {
    const body = byId("sources-body");
    untouchedSources ??= body.innerHTML;
    if (html) {
      body.innerHTML = html; // from our own server, which escapes everything in it
    } else {
      const failed = document.createElement("p");
      failed.className = "sources-empty";
      failed.textContent = body.closest(".sources").dataset.failed;
      body.replaceChildren(failed);
    }
    const clause = body.querySelector("[data-clause]")?.dataset.clause ?? "";
    const marker = link.dataset.marker ? `[${link.dataset.marker}]` : link.dataset.note;
    byId("sources-marker").textContent = ` ${clause} ${marker}`;
    byId("sources").classList.add("open");
    markOpened(link);
    if (takeFocus) {
      opener = link;
      byId("sources-title").focus({ preventScroll: true });
    }
    scrollToQuote();
  }

  function scrollToQuote() {
    const text = document.querySelector("#sources-body .panel-text");
    const quote = text && text.querySelector("mark.quote");
    if (!quote) return;
    const top = quote.getBoundingClientRect().top - text.getBoundingClientRect().top;
    text.scrollTo({ top: Math.max(0, text.scrollTop + top - text.clientHeight / 3), behavior: behavior() });
  }

  function clearSource() {
    request += 1;
    if (untouchedSources !== null && byId("sources-body")) {
      byId("sources-body").innerHTML = untouchedSources;
      byId("sources-marker").textContent = "";
    }
    byId("sources").classList.remove("open");
  }

  function closeSource() {
    byId("sources").classList.remove("open");
    if (opener && opener.isConnected) opener.focus();
    opener = null;
  }

  // --- Asking ---

  function write(area, text) {
    const setter = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set;
    setter.call(area, text);
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function ask(question) {
    const area = document.querySelector("#question textarea");
    const button = byId("ask");
    if (!area || !button) return;
    write(area, question);
    setTimeout(() => button.click(), 50);
  }

  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (!target) return;
    const link = target.closest("a[data-panel]");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0 && byId("sources-body")) {
      event.preventDefault();
      openSource(link, true);
      return;
    }
    const suggestion = target.closest("button[data-question]");
    if (suggestion) ask(suggestion.dataset.question);
    if (target.closest(".sources-close")) closeSource();
    if (target.closest('.skip-link[href="#question"]')) {
      event.preventDefault();
      document.querySelector("#question textarea")?.focus();
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && byId("sources")?.classList.contains("open") && !WIDE.matches) closeSource();
  });

  // --- Until the server says that it has the question ---

  // Gradio shows nothing before that: over a slow connection it would look as if nobody had listened.
  const SLOW_MS = 600;
  const notYet = document.createElement("div");
  notYet.className = "not-yet-sent";
  notYet.setAttribute("role", "status");
  let sending = 0;

  function sent() {
    window.clearTimeout(sending);
    if (notYet.textContent) notYet.textContent = "";
  }

  function waitForTheServer() {
    sent();
    if (!document.querySelector("#question textarea")?.value.trim()) return;
    sending = window.setTimeout(() => {
      notYet.textContent = document.querySelector("[data-not-yet-sent]")?.dataset.notYetSent ?? "";
    }, SLOW_MS);
  }

  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("#ask")) waitForTheServer();
  });

  document.addEventListener("keydown", (event) => {
    const inTheBox = event.target instanceof Element && event.target.matches("#question textarea");
    if (inTheBox && event.key === "Enter" && !event.shiftKey && !event.isComposing) waitForTheServer();
  });

  // --- Following the conversation ---

  // The box says what its hint says; a draft outlives the reload that follows a restart of the server.
  const DRAFT = "policy-assistant.draft";

  function prepareTheBox() {
    const area = document.querySelector("#question textarea");
    if (!area || area.hasAttribute("aria-describedby") || !byId("hint")) return;
    area.setAttribute("aria-describedby", "hint");
    const draft = sessionStorage.getItem(DRAFT);
    if (draft && !area.value) write(area, draft);
    area.addEventListener("input", () => sessionStorage.setItem(DRAFT, area.value));
  }

  // A shared link asks its question once, after what the browser kept of the conversation is there to be gone on with.
  const LONGEST_SHARED = 300;
  let shared = new URLSearchParams(location.search).get("q")?.trim() ?? "";
  if (shared.length > LONGEST_SHARED) shared = "";

  function askTheShared() {
    if (!shared || !document.querySelector(".sources[data-ready]") || !document.querySelector("#question textarea")) return;
    const question = shared;
    shared = "";
    history.replaceState(null, "", location.pathname);
    ask(question);
  }

  function follow(turn) {
    const key = `${turn.dataset.turn} ${turn.dataset.state} ${turn.querySelector(".asked")?.textContent}`;
    if (key === announced) return;
    announced = key;
    sent();
    if (turn.dataset.state === "pending") {
      live.textContent = turn.querySelector(".searching")?.textContent ?? "";
      scrolledAway = false;
      sessionStorage.removeItem(DRAFT);
      turn.scrollIntoView({ block: "start", behavior: behavior() });
      clearSource();
      return;
    }
    if (!scrolledAway) turn.scrollIntoView({ block: "start", behavior: behavior() });
    const words = turn.querySelectorAll(".status, .answer-text > *");
    live.textContent = Array.from(words, (word) => word.textContent.trim()).join(" ");
    // The heads of a table are cited before its rows, and say less.
    const cited = (where) => turn.querySelector(`a.cite[data-panel]${where}`);
    const first = cited(":not(th *)") ?? cited("");
    if (first && WIDE.matches) openSource(first, false);
  }

  // Gradio tells of a lost connection in a message of its own, in the browser's language; we say it in the page's.
  const lost = document.createElement("div");
  lost.className = "connection-lost";
  lost.setAttribute("role", "alert");

  function tellOfConnection() {
    const troubled = document.querySelector(".toast-wrap")?.childElementCount > 0;
    const text = troubled ? document.querySelector("[data-connection-lost]")?.dataset.connectionLost ?? "" : "";
    if (lost.textContent !== text) lost.textContent = text;
    if (text || document.querySelector(".notice:not(:empty)")) sent();
  }

  // After a reload the conversation that the browser kept is shown from its last question.
  let restored = false;
  function showRestored() {
    const turns = document.querySelectorAll("#earlier .turn");
    if (restored || !turns.length) return;
    restored = true;
    if (!document.querySelector("#current .turn")) turns[turns.length - 1].scrollIntoView({ block: "start" });
  }

  for (const gesture of ["wheel", "touchmove"]) {
    document.addEventListener(gesture, () => (scrolledAway = true), { passive: true });
  }

  new MutationObserver(() => {
    prepareTheBox();
    askTheShared();
    showRestored();
    tellOfConnection();
    const turn = document.querySelector("#current .turn");
    if (turn) follow(turn);
    else if (announced) {
      announced = "";
      clearSource();
    }
  }).observe(document.documentElement, { childList: true, subtree: true });

  document.body.append(live, lost, notYet);
})();
