// Watches a run: asks the server once a second how far it is, and shows the page anew once it has ended.
"use strict";

(() => {
  const run = document.getElementById("run");
  const bar = document.getElementById("run-bar");
  const count = document.getElementById("run-count");
  const news = document.getElementById("run-news");
  const EVERY_MS = 1000;

  // The whole page again, as it is now; not as the answer to a form that was refused.
  const again = () => window.location.assign(window.location.pathname.replace(/\/(start|stop)$/, ""));

  async function look() {
    let answer;
    try {
      answer = await fetch(run.dataset.progress, {
        headers: { accept: "application/json" },
        cache: "no-store",
        signal: AbortSignal.timeout(10 * EVERY_MS),
      });
    } catch {
      count.textContent = news.textContent = run.dataset.lost;
      window.setTimeout(look, 3 * EVERY_MS);
      return;
    }
    if (answer.status === 401) {
      again(); // which leads to the login
      return;
    }
    if (!answer.ok) {
      window.setTimeout(look, 3 * EVERY_MS);
      return;
    }
    const progress = await answer.json();
    if (progress.state !== "running") {
      count.textContent = news.textContent = run.dataset.ended;
      window.setTimeout(again, EVERY_MS); // time to be heard
      return;
    }
    if (news.textContent) news.textContent = "";
    count.textContent = progress.text;
    if (progress.done) {
      bar.max = progress.total;
      bar.value = progress.done;
    }
    window.setTimeout(look, EVERY_MS);
  }

  window.setTimeout(look, EVERY_MS);
})();
